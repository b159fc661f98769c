using System.Numerics;
using System.Text;

namespace GraphGateway.Language;

/// <summary>
/// Cuts UTF-8 text into tokens
/// (<see href="https://spec.graphql.org/September2025/#sec-Language.Source-Text.Lexical-Tokens">Spec §2.1.6</see>).
/// The text must be valid UTF-8. A token is a kind and two byte offsets; its value is decoded only when a node needs it.
/// The first error ends the text: from then on every token is <see cref="TokenKind.Failed"/>. Messages are graphql-js's.
/// </summary>
internal ref struct Lexer
{
    private readonly ReadOnlySpan<byte> text;
    private readonly bool isMap;

    // PERF: the text is looked at in blocks of 64 bytes, each as two sets of bits; finding the next token is counting zeros.
    private int blockStart;
    private ulong starts;
    private ulong names;

    /// <param name="text">Valid UTF-8.</param>
    /// <param name="isMap">True for a FieldSelectionMap, where <c>. &lt; &gt;</c> are tokens and <c>...</c> is none.</param>
    public Lexer(ReadOnlySpan<byte> text, bool isMap)
    {
        this.text = text;
        this.isMap = isMap;
        Load(0, continuesName: false);
    }

    /// <summary>The current token's kind.</summary>
    public TokenKind Kind { get; private set; }

    /// <summary>Byte offset of the current token.</summary>
    public int Start { get; private set; }

    /// <summary>Byte offset after the current token.</summary>
    public int End { get; private set; }

    /// <summary>What is wrong, without the prefix "Syntax Error: "; null while all is well.</summary>
    public string? ErrorMessage { get; private set; }

    /// <summary>Byte offset of the error.</summary>
    public int ErrorOffset { get; private set; }

    /// <summary>The whole text.</summary>
    public readonly ReadOnlySpan<byte> Text => text;

    /// <summary>The current token's bytes.</summary>
    public readonly ReadOnlySpan<byte> Bytes => text[Start..End];

    /// <summary>Stops here: the parser found an error.</summary>
    public void Fail(string message, int offset)
    {
        ErrorMessage ??= message;
        ErrorOffset = offset;
        Kind = TokenKind.Failed;
        starts = 0;
        blockStart = text.Length;
    }

    /// <summary>Reads the next token, passing over ignored ones.</summary>
    public void Next()
    {
        while (starts != 0 || LoadNext())
        {
            var bit = BitOperations.TrailingZeroCount(starts);
            starts &= starts - 1;
            var position = blockStart + bit;
            var kind = CharacterClasses.KindOf[text[position]];
            if (kind == TokenKind.Name)
            {
                var length = BitOperations.TrailingZeroCount(~(names >> bit));
                Token(TokenKind.Name, position, bit + length < TextBlock.Size ? position + length : EndOfName(position + length));
                return;
            }

            if (kind != TokenKind.Failed)
            {
                Token(kind, position, position + 1);
                return;
            }

            if (!SkipIgnored(position))
            {
                ReadRare(position, text[position]);
                SkipTo(End);
                return;
            }
        }
    }

    /// <summary>The code point at an offset as messages write it: quoted when printable ASCII, else <c>U+XXXX</c>.</summary>
    public static string PrintCodePointAt(ReadOnlySpan<byte> text, int offset)
    {
        if (offset >= text.Length)
        {
            return "<EOF>";
        }

        Rune.DecodeFromUtf8(text[offset..], out var rune, out _);
        return rune.Value switch
        {
            '"' => "'\"'",
            >= 0x20 and <= 0x7E => $"\"{rune}\"",
            _ => $"U+{rune.Value:X4}",
        };
    }

    private void Token(TokenKind kind, int start, int end)
    {
        Kind = kind;
        Start = start;
        End = end;
    }

    private readonly int EndOfName(int position)
    {
        var bytes = text;
        var table = CharacterClasses.IsNameContinue;
        while ((uint)position < (uint)bytes.Length && table[bytes[position]])
        {
            position++;
        }

        return position;
    }

    private void Load(int position, bool continuesName)
    {
        blockStart = position;
        (names, var ignored) = TextBlock.Classify(text[position..]);
        // A token begins where something stands that is not ignored, unless it goes on with a name.
        starts = ~ignored & ~(names & ((names << 1) | (continuesName ? 1UL : 0)));
    }

    /// <summary>The next block in which a token begins; false at the end of the text, of which it makes a token.</summary>
    private bool LoadNext()
    {
        while (text.Length - blockStart > TextBlock.Size)
        {
            Load(blockStart + TextBlock.Size, continuesName: (long)names < 0);
            if (starts != 0)
            {
                return true;
            }
        }

        blockStart = text.Length;
        if (ErrorMessage is null)
        {
            Token(TokenKind.EndOfFile, text.Length, text.Length);
        }

        return false;
    }

    /// <summary>Passes over what was read from the text itself.</summary>
    private void SkipTo(int position)
    {
        if (ErrorMessage is not null)
        {
            return;
        }

        var bit = position - blockStart;
        if (bit < TextBlock.Size)
        {
            starts &= ulong.MaxValue << bit;
        }
        else
        {
            Load(position, continuesName: false);
        }
    }

    /// <summary>Passes over a comment or a byte order mark; false when there is none.</summary>
    private bool SkipIgnored(int position)
    {
        if (text[position] == '#')
        {
            SkipTo(EndOfComment(position));
            return true;
        }

        if (text[position..].StartsWith("\uFEFF"u8))
        {
            SkipTo(position + 3);
            return true;
        }

        return false;
    }

    private readonly int EndOfComment(int position)
    {
        var length = text[position..].IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? text.Length : position + length;
    }

    private void ReadRare(int position, byte code)
    {
        switch (CharacterClasses.Of[code])
        {
            case CharacterClass.Quote:
                ReadAnyString(position);
                return;
            case CharacterClass.Digit or CharacterClass.Minus:
                ReadNumber(position);
                return;
            case CharacterClass.Dot when isMap:
                Token(TokenKind.Dot, position, position + 1);
                return;
            case CharacterClass.Dot when text[position..].StartsWith("..."u8):
                Token(TokenKind.Spread, position, position + 3);
                return;
            case CharacterClass.MapPunctuator when isMap:
                Token(code == '<' ? TokenKind.Less : TokenKind.Greater, position, position + 1);
                return;
            default:
                Fail(
                    code == '\''
                        ? "Unexpected single quote character ('), did you mean to use a double quote (\")?"
                        : $"Unexpected character: {PrintCodePointAt(text, position)}.",
                    position);
                return;
        }
    }

    private void ReadAnyString(int position)
    {
        var isBlock = text[position..].StartsWith("\"\"\""u8);
        var end = isBlock ? BlockStrings.FindEnd(text, position, out var error) : StringLiterals.FindEnd(text, position, out error);
        if (error is not null)
        {
            Fail(error, end);
            return;
        }

        Token(isBlock ? TokenKind.BlockString : TokenKind.String, position, end);
    }

    /// <summary>
    /// IntValue | FloatValue (<see href="https://spec.graphql.org/September2025/#sec-Float-Value">Spec §2.9.2</see>);
    /// neither may be followed by a dot or a NameStart.
    /// </summary>
    private void ReadNumber(int start)
    {
        var position = start;
        var isFloat = false;
        if (At(position) == '-')
        {
            position++;
        }

        if (At(position) == '0')
        {
            position++;
            if (CharacterClasses.IsDigit(At(position)))
            {
                Fail($"Invalid number, unexpected digit after 0: {PrintCodePointAt(text, position)}.", position);
                return;
            }
        }
        else if (!ReadDigits(ref position))
        {
            return;
        }

        if (At(position) == '.')
        {
            isFloat = true;
            position++;
            if (!ReadDigits(ref position))
            {
                return;
            }
        }

        if (At(position) is 'e' or 'E')
        {
            isFloat = true;
            position++;
            if (At(position) is '+' or '-')
            {
                position++;
            }

            if (!ReadDigits(ref position))
            {
                return;
            }
        }

        var next = At(position);
        if (next == '.' || (next >= 0 && CharacterClasses.Of[next] == CharacterClass.NameStart))
        {
            FailDigit(position);
            return;
        }

        Token(isFloat ? TokenKind.Float : TokenKind.Int, start, position);
    }

    private readonly int At(int position) => position < text.Length ? text[position] : -1;

    private bool ReadDigits(ref int position)
    {
        if (!CharacterClasses.IsDigit(At(position)))
        {
            FailDigit(position);
            return false;
        }

        do
        {
            position++;
        }
        while (CharacterClasses.IsDigit(At(position)));
        return true;
    }

    private void FailDigit(int position) =>
        Fail($"Invalid number, expected digit but got: {PrintCodePointAt(text, position)}.", position);
}
