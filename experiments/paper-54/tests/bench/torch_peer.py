"""PhotonicGPT's training step in PyTorch, as an able user would write it: fused attention, fused AdamW."""

import math

import torch
import torch.nn.functional as F
from serve_tasks import serve_tasks
from torch import nn


def rotations(length, head_width, base=10_000.0):
    """[pos, head_width / 2] of e^{i pos theta}"""
    theta = base ** (-torch.arange(0, head_width, 2, dtype=torch.float32) / head_width)
    angles = torch.arange(length, dtype=torch.float32)[:, None] * theta
    return torch.cos(angles), torch.sin(angles)


def rotate(x, cos, sin):
    """x [batch, head, pos, width]: neighbouring pairs turned, as complex numbers are."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ln_1 = nn.LayerNorm(width)
        self.c_attn = nn.Linear(width, 3 * width)
        self.c_proj = nn.Linear(width, width)
        self.ln_2 = nn.LayerNorm(width)
        self.c_fc = nn.Linear(width, 4 * width)
        self.mlp_proj = nn.Linear(4 * width, width)

    def forward(self, x, cos, sin):
        batch, length, width = x.shape
        q, k, v = (
            part.view(batch, length, self.heads, -1).transpose(1, 2)
            for part in self.c_attn(self.ln_1(x)).split(width, dim=2)
        )
        mixed = F.scaled_dot_product_attention(rotate(q, cos, sin), rotate(k, cos, sin), v, is_causal=True)
        x = x + self.c_proj(mixed.transpose(1, 2).reshape(batch, length, width))
        return x + self.mlp_proj(F.gelu(self.c_fc(self.ln_2(x)), approximate="tanh"))


class PhotonicGpt(nn.Module):
    def __init__(self, layers, width, heads, vocabulary, length):
        super().__init__()
        self.wte = nn.Embedding(vocabulary, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.ln_f = nn.LayerNorm(width)
        cos, sin = rotations(length, width // heads)
        self.register_buffer("cos", cos)
        self.register_buffer("sin", sin)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                shrink = math.sqrt(2 * layers) if "proj" in name else 1
                nn.init.normal_(parameter, std=0.02 / shrink)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)

    def forward(self, ids, targets):
        x = self.wte(ids)
        for block in self.blocks:
            x = block(x, self.cos, self.sin)
        logits = self.ln_f(x) @ self.wte.weight.T
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def steps(size, compiled):
    torch.manual_seed(1)
    model = PhotonicGpt(size["layers"], size["width"], size["heads"], size["vocabulary"], size["length"])
    decayed = [p for p in model.parameters() if p.dim() == 2]
    others = [p for p in model.parameters() if p.dim() != 2]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}],
        lr=1e-3,
        betas=(0.9, 0.95),
        fused=True,
    )
    forward = torch.compile(model) if compiled else model
    ids, targets = torch.randint(size["vocabulary"], (2, size["batch"], size["length"]))

    def step():
        loss = forward(ids, targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        return loss.item()

    # What compiles or allocates for the first time is not a step.
    for _ in range(3):
        step()
    return step


known = {}


def prepare(request):
    name = "compiled" if request["compiled"] else "eager"
    if name not in known:
        known[name] = steps(request["size"], request["compiled"])

    def run():
        for _ in range(request["steps"]):
            loss = known[name]()
        return loss

    return run, lambda loss: f"loss {loss:.3f}, {torch.get_num_threads()} threads"


serve_tasks({"steps": prepare})
