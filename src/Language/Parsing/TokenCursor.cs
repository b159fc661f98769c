using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace GraphGateway.Language;

/// <summary>
/// The parsers' view of the tokens: one token ahead, the limits, the one error, and a stack on which lists are collected.
/// After an error the current token is <see cref="TokenKind.Failed"/> for ever: every loop ends and the tree under way is dropped,
/// so that the parse methods need no error paths of their own.
/// </summary>
internal ref struct TokenCursor
{
    private readonly SourceText source;
    private readonly ParserOptions options;
    private readonly int tokensMax;
    private readonly int depthMax;
    private Lexer lexer;
    private ErrorCode errorCode = ErrorCode.GraphqlParsingFailed;
    private int tokenCount;
    private int depth;
    private Item[] stack;
    private int stackTop;

    public TokenCursor(SourceText source, ParserOptions options, bool isMap = false)
    {
        this.source = source;
        this.options = options;
        tokensMax = options.MaxTokens > 0 ? options.MaxTokens : int.MaxValue;
        depthMax = options.MaxDepth > 0 ? Math.Min(options.MaxDepth, ParserOptions.DepthCeiling) : ParserOptions.DepthCeiling;
        stack = ArrayPool<Item>.Shared.Rent(256);
        lexer = new Lexer(source.Utf8.Span, isMap);
        CheckText();
        Advance();
    }

    /// <summary>What is parsed.</summary>
    public readonly SourceText Source => source;

    /// <summary>The current token's kind.</summary>
    public readonly TokenKind Kind => lexer.Kind;

    /// <summary>Byte offset of the current token.</summary>
    public readonly int Start => lexer.Start;

    /// <summary>Byte offset after the token before the current one, which is where a node ends that is complete.</summary>
    public int LastEnd { get; private set; }

    /// <summary>Tokens so far, the end of the file not counted.</summary>
    public readonly int TokenCount => tokenCount;

    /// <summary>True after an error.</summary>
    public readonly bool HasFailed => lexer.Kind == TokenKind.Failed;

    /// <summary>The current token's bytes.</summary>
    public readonly ReadOnlySpan<byte> Bytes => lexer.Bytes;

    /// <summary>Where a list that begins now has its first item on the stack.</summary>
    public readonly int Mark => stackTop;

    /// <summary>The current token as messages name it, such as <c>Name "user"</c>.</summary>
    public readonly string Description => Kind switch
    {
        TokenKind.Name or TokenKind.Int or TokenKind.Float or TokenKind.String or TokenKind.BlockString =>
            $"{Kind.Describe()} \"{Text()}\"",
        _ => Kind.Describe(),
    };

    /// <summary>The current token's value: a name, digits, or a decoded string.</summary>
    public readonly string Text() => Kind switch
    {
        TokenKind.String => StringLiterals.Decode(Bytes),
        TokenKind.BlockString => BlockStrings.Decode(Bytes),
        TokenKind.Failed => "",
        _ => NameTable.Intern(Bytes),
    };

    /// <summary>Goes to the next token.</summary>
    public void Advance()
    {
        LastEnd = lexer.End;
        lexer.Next();
        if (lexer.Kind != TokenKind.EndOfFile && ++tokenCount > tokensMax)
        {
            Fail(ErrorCode.TokenLimitExceeded, $"Document contains more that {options.MaxTokens} tokens. Parsing aborted.", Start);
        }
    }

    /// <summary>Passes over a token of a kind, if it is the current one.</summary>
    public bool Skip(TokenKind kind)
    {
        if (lexer.Kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>True at the end of a list, which is passed over, and true after an error.</summary>
    public bool Closes(TokenKind kind) => Skip(kind) || HasFailed;

    /// <summary>Passes over a token of a kind; any other is an error.</summary>
    public void Expect(TokenKind kind)
    {
        if (!Skip(kind))
        {
            FailExpected(kind.Describe());
        }
    }

    /// <summary>True when the current token is this name.</summary>
    public readonly bool IsKeyword(ReadOnlySpan<byte> keyword) => lexer.Kind == TokenKind.Name && lexer.Bytes.SequenceEqual(keyword);

    /// <summary>Passes over a name, if it is the current token.</summary>
    public bool SkipKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!IsKeyword(keyword))
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Passes over a name; any other token is an error.</summary>
    public void ExpectKeyword(string keyword)
    {
        if (lexer.Kind == TokenKind.Name && System.Text.Ascii.Equals(lexer.Bytes, keyword))
        {
            Advance();
            return;
        }

        FailExpected($"\"{keyword}\"");
    }

    /// <summary>Name (Spec §2.1.9).</summary>
    public NameNode ParseName()
    {
        if (lexer.Kind != TokenKind.Name)
        {
            FailExpected("Name");
            return new NameNode("", Start);
        }

        var name = new NameNode(NameTable.Intern(lexer.Text, lexer.Start, lexer.End), lexer.Start);
        Advance();
        return name;
    }

    /// <summary>Goes one level down; the caller comes back with <see cref="Leave"/>.</summary>
    public void Enter()
    {
        depth++;
        // The stack is looked at too: a caller may have used most of it.
        if (depth > depthMax || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Fail(ErrorCode.MaxDepthExceeded, $"Document is nested deeper than {depth - 1} levels. Parsing aborted.", Start);
        }
    }

    /// <summary>Comes back from <see cref="Enter"/>.</summary>
    public void Leave() => depth--;

    /// <summary>Puts a finished item of a list on the stack.</summary>
    public void Push(SyntaxNode node)
    {
        if (stackTop == stack.Length)
        {
            Grow();
        }

        stack[stackTop++].Node = node;
    }

    /// <summary>Takes the list that began at a mark off the stack; all its items are of type <typeparamref name="T"/>.</summary>
    public ImmutableArray<T> PopList<T>(int mark) where T : SyntaxNode
    {
        var count = stackTop - mark;
        if (count == 0)
        {
            return [];
        }

        var items = new T[count];
        // PERF: the parsers push only T here; without this each store into an array of an abstract type is checked. The runtime's own
        // copying of references pays off for long lists only.
        ref var target = ref MemoryMarshal.GetArrayDataReference(items);
        for (var i = 0; i < count; i++)
        {
            Unsafe.Add(ref target, i) = Unsafe.As<T>(stack[mark + i].Node)!;
        }

        stackTop = mark;
        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    /// <summary>The current token is not one that can stand here.</summary>
    public void FailUnexpected() => FailUnexpected(Description, Start);

    /// <summary>A token, by its description, is not one that can stand where it stands.</summary>
    public void FailUnexpected(string description, int start) => Fail($"Unexpected {description}.", start);

    /// <summary>A syntax error; the first one counts.</summary>
    public void Fail(string message, int offset) => Fail(ErrorCode.GraphqlParsingFailed, message, offset);

    /// <summary>Ends the parse: gives the tree or the error, and returns the stack to its pool.</summary>
    public ParseResult<T> Finish<T>(T tree) where T : class
    {
        ArrayPool<Item>.Shared.Return(stack, clearArray: true);
        stack = [];
        return lexer.ErrorMessage is { } message
            ? GraphQLError.At(source, $"Syntax Error: {message}", errorCode, lexer.ErrorOffset)
            : tree;
    }

    private void FailExpected(string what) => Fail($"Expected {what}, found {Description}.", Start);

    private void Fail(ErrorCode code, string message, int offset)
    {
        if (lexer.ErrorMessage is null)
        {
            errorCode = code;
            lexer.Fail(message, offset);
        }
    }

    private void CheckText()
    {
        var text = source.Utf8.Span;
        if (options.MaxBytes > 0 && text.Length > options.MaxBytes)
        {
            Fail($"Document contains more than {options.MaxBytes} bytes. Parsing aborted.", 0);
        }
        else if (!Utf8.IsValid(text))
        {
            Fail("Document is not valid UTF-8.", FirstInvalid(text));
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var offset = 0;
        while (System.Text.Rune.DecodeFromUtf8(text[offset..], out _, out var consumed) == OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }

    private void Grow()
    {
        var larger = ArrayPool<Item>.Shared.Rent(stack.Length * 2);
        stack.AsSpan().CopyTo(larger);
        ArrayPool<Item>.Shared.Return(stack, clearArray: true);
        stack = larger;
    }

    // PERF: an array of a struct, because a store into an array of a class checks whether the array is one of a derived class.
    private struct Item
    {
        public SyntaxNode? Node;
    }
}
