using System.Collections.Immutable;
using System.Text;

namespace GraphGateway.Language;

/// <summary>What a part of a document is, for those who show it in colours.</summary>
public enum SyntaxClass
{
    /// <summary>A word of the language, such as <c>type</c>, <c>implements</c> or <c>true</c>.</summary>
    Keyword,

    /// <summary>The name of a type, where it is defined or used.</summary>
    TypeName,

    /// <summary>A directive with its <c>@</c>.</summary>
    Directive,

    /// <summary>A string, descriptions included.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A comment.</summary>
    Comment,
}

/// <summary>A part of a document; what is in no part is nothing special.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte after it.</param>
/// <param name="Class">What it is.</param>
public readonly record struct SyntaxSpan(int Start, int End, SyntaxClass Class);

/// <summary>
/// Finds what is what in a document by its tokens alone, so that a text that does not parse has its colours too, up to the first character that is no token
/// (<see href="https://spec.graphql.org/September2025/#sec-Language.Source-Text.Lexical-Tokens">Spec §2.1.6</see>).
/// </summary>
public static class SyntaxHighlight
{
    private static readonly ImmutableHashSet<string> Definitions =
        ["type", "interface", "union", "enum", "input", "scalar", "schema", "extend", "directive", "query", "mutation", "subscription", "fragment"];

    private static readonly ImmutableHashSet<string> Joints = ["implements", "on", "repeatable"];
    private static readonly ImmutableHashSet<string> Constants = ["true", "false", "null"];

    /// <summary>The parts that lie in a range, one after the other.</summary>
    /// <param name="utf8">The whole document: what a token is depends on what stands before it.</param>
    /// <param name="start">The first byte of the range.</param>
    /// <param name="end">The byte after it.</param>
    public static ImmutableArray<SyntaxSpan> Of(ReadOnlySpan<byte> utf8, int start, int end)
    {
        var spans = ImmutableArray.CreateBuilder<SyntaxSpan>();
        var context = new Context();
        var lexer = new Lexer(utf8, isMap: false);
        var after = 0;
        while (after < end)
        {
            lexer.Next();
            var isOver = lexer.Kind is TokenKind.EndOfFile or TokenKind.Failed;
            AddComments(utf8, after, lexer.Kind == TokenKind.Failed ? Math.Max(after, lexer.ErrorOffset) : lexer.Start, Add);
            if (isOver)
            {
                break;
            }

            if (context.ClassOf(lexer.Kind, lexer.Kind == TokenKind.Name ? lexer.Bytes : default) is { } found)
            {
                // A directive has its mark.
                Add(found == SyntaxClass.Directive ? context.MarkStart : lexer.Start, lexer.End, found);
            }

            context.Follow(lexer.Kind, lexer.Start);
            after = lexer.End;
        }

        return spans.ToImmutable();

        void Add(int from, int to, SyntaxClass found)
        {
            if (to > start && from < end)
            {
                spans.Add(new SyntaxSpan(from, to, found));
            }
        }
    }

    // Between two tokens there is nothing with a "#" but comments.
    private static void AddComments(ReadOnlySpan<byte> text, int from, int to, Action<int, int, SyntaxClass> add)
    {
        while (from < to && text[from..to].IndexOf((byte)'#') is var at and >= 0)
        {
            var begin = from + at;
            var length = text[begin..to].IndexOfAny((byte)'\n', (byte)'\r');
            from = length < 0 ? to : begin + length;
            add(begin, from, SyntaxClass.Comment);
        }
    }

    // What came before a token, as far as it says what the token is.
    private sealed class Context
    {
        // For each bracket that is open: true where values stand in it, and no definitions.
        private readonly Stack<bool> open = new();
        private TokenKind before;
        private bool isAfterDefinition;
        private bool isDirectiveDefined;
        private bool isAfterDirective;
        private bool isType;

        public int MarkStart { get; private set; }

        private bool IsValue => open.TryPeek(out var value) && value;

        public SyntaxClass? ClassOf(TokenKind kind, ReadOnlySpan<byte> name)
        {
            (var wasAfterDefinition, isAfterDefinition, isAfterDirective) = (isAfterDefinition, false, isAfterDirective && kind != TokenKind.Name);
            switch (kind)
            {
                case TokenKind.String or TokenKind.BlockString:
                    return SyntaxClass.Text;
                case TokenKind.Int or TokenKind.Float:
                    return SyntaxClass.Number;
                case not TokenKind.Name:
                    return null;
            }

            if (before == TokenKind.At)
            {
                // Where a directive is defined, its arguments are too.
                (isAfterDirective, isDirectiveDefined) = (!isDirectiveDefined, false);
                return SyntaxClass.Directive;
            }

            // No word of the language is longer.
            var word = name.Length <= 12 ? Encoding.UTF8.GetString(name) : "";
            if (open.Count == 0 && !wasAfterDefinition && before is not (TokenKind.Equals or TokenKind.Pipe or TokenKind.Amp) && (Definitions.Contains(word) || Joints.Contains(word)))
            {
                isAfterDefinition = Definitions.Contains(word) && word is not ("extend" or "directive" or "schema");
                isDirectiveDefined = word == "directive";
                return SyntaxClass.Keyword;
            }

            return open.Count == 0 || (isType && !IsValue) ? SyntaxClass.TypeName
                : Constants.Contains(word) ? SyntaxClass.Keyword
                : null;
        }

        public void Follow(TokenKind kind, int start)
        {
            switch (kind)
            {
                case TokenKind.ParenL:
                    open.Push(isAfterDirective || IsValue);
                    break;
                case TokenKind.BraceL:
                    open.Push(before is TokenKind.Equals or TokenKind.BracketL or TokenKind.Colon || IsValue);
                    break;
                case TokenKind.ParenR or TokenKind.BraceR:
                    open.TryPop(out _);
                    break;
                case TokenKind.At:
                    MarkStart = start;
                    break;
            }

            // A type follows a colon, maybe in lists.
            isType = kind == TokenKind.Colon || (isType && kind == TokenKind.BracketL);
            isAfterDirective &= kind == TokenKind.Name;
            before = kind;
        }
    }
}
