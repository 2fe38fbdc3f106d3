// Made from the declarations beside it: python tests/widgets/declarations.py

/** What was answered. */
export interface Answer {
  /** The step; none where there is a status. */
  value: number | null;
  /** Why there is no step: `dont_know`, `not_applicable` or `skipped`. */
  status?: string | null;
  /** What was written beside it. */
  note?: string | null;
}

/** What a ballot is told. */
export interface BallotState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "saved" | "saving" | "dont_know", string>;
  /** What is asked; where it is empty, nothing is shown. */
  question: string;
  /** The statement and the ballot, as the message names them. */
  subject: string;
  /** What can be chosen: number, name and anchor. */
  steps: [number, string, string][];
  /** What stands under the question. */
  about?: string;
  /** What this person answered; none before they do. */
  given: Vote | null;
  /** Under what an unsent vote waits on the device; without it, it does not. */
  key?: string;
}

/** Something that can be pressed. */
export interface Button {
  /** What the message says was pressed. */
  name: string;
  /** What stands on it. */
  label: string;
  /** Whether it is what most people press. */
  primary?: boolean;
}

/** One card. */
export interface Card {
  /** Its heading. */
  title: string;
  /** What the message calls it; needed where it has actions. */
  code?: string;
  /** What stands large on it, and of what it is. */
  figure?: string;
  /** What stands large on it, and of what it is. */
  unit?: string;
  /** Paragraphs. */
  lines?: string[];
  /** A list after them. */
  items?: string[];
  /** What can be done with it. */
  actions?: Button[];
  /** Whether its figures are masked. */
  tone?: "plain" | "masked";
}

/** What a set of cards is told. */
export interface CardsState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost", string>;
  /** Their heading; where it is empty, nothing is shown. */
  title: string;
  /** The cards, in their order. */
  cards: Card[];
  /** What stands above them; blank lines part paragraphs. */
  text?: string;
  /** What became of what was pressed elsewhere. */
  message?: string;
  /** Whether the reader is led to the heading. */
  focus?: boolean;
}

/** What a chart is told; `charts.view` makes it. */
export interface ChartState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"table" | "chart", string>;
  /** What it is called; where it is empty, nothing is shown. */
  title: string;
  /** The addresses of two pictures of it: for a phone, and for a larger screen. */
  pictures: string[];
  /** What a screen reader says instead of it. */
  description: string;
  /** The same figures as a table. */
  headers: string[];
  /** The same figures as a table. */
  rows: string[][];
  /** How it is to be read. */
  note?: string;
}

/** What a drawer is told. */
export interface DrawerState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** The label that opens it; where it is empty, nothing is shown. */
  title: string;
  /** The lists in it. */
  groups: ListGroup[];
  /** What stands above them; blank lines part paragraphs. */
  text?: string;
}

/** Something to fill in or to choose. */
export interface Field {
  /** What the message calls it. */
  name: string;
  /** What it is called on the screen. */
  label: string;
  /** What is typed; text unless told. */
  type?: "text" | "textarea" | "number" | "date";
  /** What it holds at first; of boxes, the codes that are ticked. */
  value?: string | number | string[];
  /** One of these is chosen: code and label of each. */
  options?: [string, string][];
  /** Each is a box of its own: code, label and what it adds. They come back as a list. */
  choices?: [string, string, string][];
  /** How many lines of text it has room for. */
  rows?: number;
  /** The least and the largest number. */
  min?: number;
  /** The least and the largest number. */
  max?: number;
  /** What helps to fill it in. */
  hint?: string;
}

/** What came out of one ballot. */
export interface Figure {
  /** Its heading. */
  title: string;
  /** What was answered: its label, how many people, and how long the bar is, up to 1. */
  bars: [string, number, number][];
  /** What is said of it. */
  lines: string[];
}

/** One indicator to rate. */
export interface FormQuestion {
  /** What the message calls it. */
  code: string;
  /** The indicator, and how it is asked. */
  text: string;
  /** The indicator, and how it is asked. */
  question: string;
  /** What can be chosen. */
  steps: FormStep[];
  /** What is asked about an earlier round; nothing where that is not asked. */
  then?: string;
}

/** What a form is told. */
export interface FormState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "saved" | "saving" | "dont_know" | "not_applicable" | "clear" | "desired" | "desired_hint" | "note" | "note_hint" | "steps", string>;
  /** Its heading, and what stands under it. */
  title: string;
  /** What is asked. */
  questions: FormQuestion[];
  /** Its heading, and what stands under it. */
  about?: string;
  /** What was answered by `indicator/aspect`, and when, in milliseconds since 1970. */
  answers: Record<string, Answer>;
  /** What was answered by `indicator/aspect`, and when, in milliseconds since 1970. */
  given: Record<string, number>;
  /** Which part of the whole it is, from 0. */
  at: number;
  /** The labels of the ways on; without one, there is none. */
  back?: string | null;
  /** The labels of the ways on; without one, there is none. */
  next?: string | null;
  /** Under what unsent answers wait on the device; without it, they do not. */
  key?: string;
  /** Whether it takes answers. */
  open: boolean;
  /** Whether somebody reads it out: large, and the steps alone. */
  aloud?: boolean;
  /** Whether the reader is led to the heading. */
  focus?: boolean;
}

/** One step of a scale. */
export interface FormStep {
  /** Its number and its name. */
  value: number;
  /** Its number and its name. */
  name: string;
  /** What it describes, of one indicator. */
  anchor: string;
}

/** One link. */
export interface HandedLink {
  /** Whose it is. */
  name: string;
  /** Where it leads. */
  address: string;
  /** Its QR code, as the address of a picture. */
  picture?: string;
}

/** What the four ways are told. */
export interface LadderState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "added" | "example" | "hint" | "keep", string>;
  /** Their heading; where it is empty, nothing is shown. */
  title: string;
  /** The ways, in their order. */
  ways: Way[];
  /** What stands above them; blank lines part paragraphs. */
  text?: string;
  /** Whether the examples can be written. */
  editable?: boolean;
}

/** What a list of links is told. */
export interface LinkListState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "count" | "copy" | "copy_all" | "copied" | "qr", string>;
  /** Its heading; where it is empty, nothing is shown. */
  title: string;
  /** The links, in their order. */
  links: HandedLink[];
  /** What stands above them; blank lines part paragraphs. */
  text?: string;
  /** What can be made. */
  makes: Button[];
  /** How many are made at once unless somebody types another number; without it, nobody can. */
  count?: number;
}

/** A list under its own heading. */
export interface ListGroup {
  /** The heading. */
  title: string;
  /** Its lines. */
  items: string[];
}

/** What the head of a page is told. */
export interface MastheadState {
  /** How far the reader is. */
  progress?: Progress | null;
  /** What can be looked at, as code and name; the code of what is; what the choice is called. */
  choices?: [string, string][];
  /** What can be looked at, as code and name; the code of what is; what the choice is called. */
  choice?: string;
  /** What can be looked at, as code and name; the code of what is; what the choice is called. */
  choice_label?: string;
  /** What the screen can be used for; what it is; what that choice is called. */
  views?: [string, string][];
  /** What the screen can be used for; what it is; what that choice is called. */
  view?: string;
  /** What the screen can be used for; what it is; what that choice is called. */
  view_label?: string;
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost", string>;
  /** What the page is. */
  title: string;
  /** Whose it is. */
  subtitle?: string;
  /** What the browser calls it; its title unless told. */
  page?: string;
  /** What it can be read in, as code and name; what that choice is called. */
  languages?: [string, string][];
  /** What it can be read in, as code and name; what that choice is called. */
  label?: string;
  /** Where the reader came from, and where they end their visit: address and label. */
  home?: [string, string] | null;
  /** Where the reader came from, and where they end their visit: address and label. */
  leave?: [string, string] | null;
  /** Whether the browser says now and then that somebody looks. */
  followed?: boolean;
}

/** Questions that are there for whoever opens them. */
export interface MoreQuestions {
  /** What opens them. */
  label: string;
  /** What is asked. */
  questions: Question[];
}

/** Figures that belong together. */
export interface NoteGroup {
  /** Which they are. */
  code: string;
  /** Which they are. */
  title: string;
  /** The figures. */
  lines: NoteLine[];
  /** How many are noted, in words. */
  count?: string;
  /** Whether they are open at first. */
  open?: boolean;
}

/** One figure with its note. */
export interface NoteLine {
  /** What the message calls it. */
  code: string;
  /** What it is about, and the figure in words. */
  title: string;
  /** What it is about, and the figure in words. */
  figure: string;
  /** What is written beside it, and the number of that version. */
  note: string;
  /** What is written beside it, and the number of that version. */
  number: number;
  /** Why it is put forward. */
  tag?: string;
}

/** What the notes are told. */
export interface NotesState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "note" | "placeholder" | "saving" | "theirs" | "emptied" | "keep_mine" | "keep_theirs" | "keep_both", string>;
  /** Their heading; where it is empty, nothing is shown. */
  title: string;
  /** The figures, by group. */
  groups: NoteGroup[];
  /** What stands above them; blank lines part paragraphs. */
  text?: string;
  /** Of which round they are. */
  wave: string;
  /** Under what unsent notes wait on the device; without it, they do not. */
  key?: string;
}

/** What a notice is told. */
export interface NoticeState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost", string>;
  /** Its heading; where it is empty, nothing is shown. */
  title: string;
  /** What it says; blank lines part paragraphs. */
  text?: string;
  /** Names with what is so. */
  facts?: [string, string][];
  /** What is filled in. */
  fields?: Field[];
  /** What can be pressed. */
  buttons?: Button[];
  /** Whether something is over and well, or to beware of. */
  tone?: "plain" | "done" | "stop";
  /** Which form it is: what was typed stays as long as this does. */
  form?: string;
  /** Whether the fields stand side by side. */
  grid?: boolean;
  /** Whether the reader is led to the heading. */
  focus?: boolean;
}

/** One answer that can be chosen. */
export interface Option {
  /** What the message says. */
  value: number | string;
  /** Its name. */
  label?: string;
  /** What it describes. */
  anchor?: string;
  /** Whether it stands apart from the others, since it is no step. */
  aside?: boolean;
}

/** One statement of the sheet. */
export interface PaperLine {
  /** The statement, and how it is asked. */
  code: string;
  /** The statement, and how it is asked. */
  text: string;
  /** The statement, and how it is asked. */
  question: string;
  /** What hands are raised for: number, name and anchor. */
  steps: [number, string, string][];
}

/** What the sheet is told. */
export interface PaperState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"hands" | "agreed" | "dissent" | "fact" | "dont_know", string>;
  /** The label that opens it; where it is empty, nothing is shown. */
  title: string;
  /** What stands over the sheet, in lines. */
  head: string[];
  /** The statements. */
  lines: PaperLine[];
  /** The label of the button that prints it alone. */
  print: string;
  /** What stands above it; blank lines part paragraphs. */
  text?: string;
}

/** How far somebody is. */
export interface Progress {
  /** In words. */
  label: string;
  /** How many are done, of how many. */
  value: number;
  /** How many are done, of how many. */
  total: number;
}

/** One question. */
export interface Question {
  /** What the message calls it. */
  code: string;
  /** The question. */
  text: string;
  /** What can be chosen; without them it asks for a text. */
  options?: Option[];
  /** Whether the options stand in a row. */
  short?: boolean;
  /** What helps to write the text. */
  hint?: string;
}

/** Questions under one heading. */
export interface QuestionPart {
  /** The heading, and what stands under it. */
  title: string;
  /** What is asked. */
  questions: Question[];
  /** The heading, and what stands under it. */
  text?: string;
  /** Questions that are optional. */
  more?: MoreQuestions;
}

/** What a set of questions is told. */
export interface QuestionsState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "saved" | "saving" | "clear" | "steps", string>;
  /** The heading, and what stands under it. */
  title: string;
  /** What is asked. */
  parts: QuestionPart[];
  /** The heading, and what stands under it. */
  about?: string;
  /** What the answers are about. */
  subject: string;
  /** What was answered, by question. */
  answers: Record<string, number | string | null>;
  /** The labels of the ways on; without one, there is none. */
  back?: string | null;
  /** The labels of the ways on; without one, there is none. */
  next?: string | null;
  /** Under what unsent answers wait on the device; without it, they do not. */
  key?: string;
  /** Whether it takes answers. */
  open: boolean;
  /** Whether the reader is led to the heading. */
  focus?: boolean;
}

/** One role. */
export interface Role {
  /** What the message calls it. */
  code: string;
  /** What it is called, and what it is. */
  name: string;
  /** What it is called, and what it is. */
  about: string;
}

/** One organisation. */
export interface RolePartner {
  /** Which it is. */
  code: string;
  /** Which it is. */
  name: string;
  /** The codes of those that it holds. */
  roles: string[];
}

/** What the table of roles is told. */
export interface RoleTableState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "partner" | "about", string>;
  /** Its heading; where it is empty, nothing is shown. */
  title: string;
  /** Its columns and its rows. */
  roles: Role[];
  /** Its columns and its rows. */
  partners: RolePartner[];
  /** What stands above it; blank lines part paragraphs. */
  text?: string;
}

/** One organisation. */
export interface RosterRow {
  /** Which it is; no code before it is kept. */
  code: string;
  /** Which it is; no code before it is kept. */
  name: string;
  /** The codes of what was chosen; a sector may be a text of its own. */
  sector: string;
  /** The codes of what was chosen; a sector may be a text of its own. */
  level: string;
}

/** What the list is told. */
export interface RosterState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "add" | "remove" | "keep" | "paste" | "paste_hint" | "paste_read" | "sector" | "level" | "name", string>;
  /** Its heading; where it is empty, nothing is shown. */
  title: string;
  /** The organisations. */
  rows: RosterRow[];
  /** What can be chosen: code and name. */
  levels: [string, string][];
  /** What can be chosen: code and name. */
  sectors: [string, string][];
  /** What stands above it; blank lines part paragraphs. */
  text?: string;
  /** What became of what was pressed elsewhere. */
  message?: string;
  /** Whether the reader is led to the heading. */
  focus?: boolean;
}

/** What the room is shown. */
export interface StageState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "timer" | "over" | "whole" | "qr", string>;
  /** What it is about. */
  title: string;
  /** What stands above the title, and under it. */
  kicker?: string;
  /** What stands above the title, and under it. */
  text?: string;
  /** What can be answered: number, name and anchor. */
  steps: [number, string, string][];
  /** How many have answered. */
  count?: Progress | null;
  /** What is left of the time. */
  timer?: Timer | null;
  /** What came out. */
  figures: Figure[];
  /** Names with what is so. */
  facts: [string, string][];
  /** A list. */
  items: string[];
  /** A QR code with the address that it leads to. */
  picture?: string | null;
  /** A QR code with the address that it leads to. */
  address?: string;
  /** Where the session is: changes with each move. */
  at: string;
  /** Whether it is projected. */
  big?: boolean;
}

/** What a table is told. */
export interface TableState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** Its heading; where it is empty, nothing is shown. */
  title: string;
  /** What stands over its columns, and in its cells: a text, or blocks of lines. */
  headers: string[];
  /** What stands over its columns, and in its cells: a text, or blocks of lines. */
  rows: ((string | string[][])[])[];
  /** What stands above it; blank lines part paragraphs. */
  text?: string;
  /** Whether its cells hold sentences. */
  wide?: boolean;
  /** The label of a button that prints it alone; without one, there is none. */
  print?: string;
}

/** What was said of one partner. */
export interface TieAnswer {
  /** How one works with it, and would like to. */
  current: number | string | null;
  /** How one works with it, and would like to. */
  desired: number | null;
}

/** One way of working with a partner. */
export interface TieChoice {
  /** What the message says, and what it is called. */
  value: number | string;
  /** What the message says, and what it is called. */
  name: string;
  /** What it means; one without stands apart. */
  hint?: string;
}

/** Another partner. */
export interface TiePartner {
  /** Which it is. */
  code: string;
  /** Which it is. */
  name: string;
  /** What helps to know it. */
  about?: string;
}

/** What the question about ties is told. */
export interface TiesState {
  /** Of all its texts; French unless told. */
  language: "fr" | "en";
  /** What it says by itself, where that is not as usual, by its short names. */
  words: Record<"offline" | "unsaved" | "too_long" | "unfit" | "working" | "lost" | "saved" | "saving" | "which" | "next" | "also" | "desired" | "nobody" | "apart" | "rest" | "none" | "change" | "done", string>;
  /** Its heading; where it is empty, nothing is shown. */
  title: string;
  /** The other partners. */
  partners: TiePartner[];
  /** What can be answered. */
  ways: TieChoice[];
  /** What stands above each of its two steps. */
  text?: string;
  /** What stands above each of its two steps. */
  how?: string;
  /** What was said, by partner. */
  answers: Record<string, TieAnswer>;
  /** Under what unsent answers wait on the device; without it, they do not. */
  key?: string;
  /** Whether it takes answers. */
  open: boolean;
  /** Whether the reader is led to the heading. */
  focus?: boolean;
}

/** A timer; told as what is left of it, since clocks of phones differ. */
export interface Timer {
  /** The seconds that are left. */
  left: number;
  /** How many there were: another number is another timer. */
  set: number;
}

/** What somebody answered. */
export interface Vote {
  /** The step; none where they do not know. */
  value: number | null;
}

/** One way of working. */
export interface Way {
  /** What the message calls it. */
  code: string;
  /** What it is called, and what it is. */
  name: string;
  /** What it is called, and what it is. */
  about: string;
  /** What it keeps of the others and, last, what it adds. */
  parts: string[];
  /** A local example; empty where there is none. */
  example: string;
  /** What it asks for. */
  asks?: string;
  /** A few words where it is the one that fits. */
  mark?: string;
}
