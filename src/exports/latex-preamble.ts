/** What the text is set with: packages of any TeX distribution, and the few commands that the text uses. */
export const latexPreamble = String.raw`% Written by the build that computed every number of it: change the paper, not this file.
% Compiles with latexmk -pdf, tectonic, xelatex and lualatex.
\documentclass[11pt,a4paper]{article}
\usepackage{iftex}
\ifpdftex
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{lmodern}
  \usepackage{textcomp}
\else
  \usepackage{lmodern}
\fi
\usepackage[a4paper,hmargin=25mm,top=25mm,bottom=28mm]{geometry}
\usepackage{amsmath,amssymb}
\usepackage{graphicx}
\usepackage{array,booktabs,longtable,pdflscape}
\usepackage{caption}
\usepackage{microtype}
\usepackage[hidelinks]{hyperref}
\captionsetup{font=small,labelfont=bf,labelsep=period,width=\textwidth}
\setlength{\LTcapwidth}{\textwidth}
\setlength{\tabcolsep}{3.5pt}
\setlength{\LTpre}{\medskipamount}
\setlength{\LTpost}{\medskipamount}
\emergencystretch=2em
\newcolumntype{N}[1]{>{\raggedleft\arraybackslash}p{#1}}
\newcolumntype{W}[1]{>{\raggedright\arraybackslash}p{#1}}
% A computed value: its name in results.json, and how it is printed.
\DeclareRobustCommand{\val}[2]{#2}
% A sentence of a claim: its name, its verdict, the sentence that is true here.
\DeclareRobustCommand{\claim}[3]{\hypertarget{claim-#1}{}#3}
\DeclareRobustCommand{\aside}[1]{{\scriptsize #1}}
\DeclareRobustCommand{\framed}[1]{{\scriptsize [#1]}}
\DeclareRobustCommand{\struck}[1]{#1}
\DeclareRobustCommand{\headcell}[1]{{\bfseries #1}}
\newcommand{\drawing}[1]{\includegraphics[width=\linewidth,height=.85\textheight,keepaspectratio]{#1}}
% Numbers are those of the page.
\newcommand{\setnumber}[2]{\expandafter\def\csname the#1\endcsname{#2}}
\newcommand{\codetitle}[1]{\par\medskip\noindent{\small #1}\par\nopagebreak}
\newenvironment{codelines}{\par\smallskip\begingroup\footnotesize\ttfamily\raggedright\setlength{\parindent}{0pt}}{\par\endgroup\smallskip}
\newcommand{\codeline}[1]{\hangindent=2em\hangafter=1\leavevmode#1\par}
\newenvironment{references}{\begin{list}{}{\setlength{\leftmargin}{1.5em}\setlength{\itemindent}{-1.5em}\setlength{\itemsep}{2pt}\small}}{\end{list}}
% Names that the page's formulas may use and LaTeX does not know.
\providecommand{\R}{\mathbb{R}}
\providecommand{\N}{\mathbb{N}}
\providecommand{\Z}{\mathbb{Z}}
\providecommand{\argmax}{\operatorname*{arg\,max}}
\providecommand{\argmin}{\operatorname*{arg\,min}}
`;
