using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Language.Tests;

/// <summary>The lexer, which looks at blocks of 64 bytes, against a plain twin that goes byte by byte.</summary>
public sealed class LexerTwinTests
{
    private static readonly string[] Parts =
        ["a", "Zz9_", "aNameThatGoesOnAndOnUntilItIsLongerThanOneBlockOfSixtyFourBytes_0123456789", " ", "                              ", "\n", "\r\n", ",",
         "\t", "{", "}", "(", ")", ":", "!", "$", "@", "[", "]", "=", "|", "&", "...", "# comment \" {\n", "#\r", "\"text # \\\" é\"", "\"\"\"block \\\"\"\" \n\"\"\"",
         "1", "-20", "3.5e-7", "\uFEFF", "__x"];

    [Fact]
    public void Blocks_give_the_tokens_that_bytes_give()
    {
        var random = new Random(Seed.Value);
        var cases = Nightly.Cases(10_000, 500_000);
        for (var i = 0; i < cases; i++)
        {
            var parts = Enumerable.Range(0, random.Next(60)).Select(_ => Parts[random.Next(Parts.Length)]);
            Minimizer.Check(i, System.Text.Encoding.UTF8.GetBytes(string.Concat(parts)), text => Assert.Equal(Plain(text), Tokens(text)));
        }
    }

    [Fact]
    public void A_name_ends_where_it_ends_wherever_it_begins_in_a_block()
    {
        for (var before = 0; before < 140; before++)
        {
            for (var length = 1; length < 140; length += 7)
            {
                var text = System.Text.Encoding.ASCII.GetBytes(new string(' ', before) + new string('n', length) + "{" + new string('m', length));
                Assert.Equal($"Name {before}-{before + length}, BraceL {before + length}-{before + length + 1}, Name {before + length + 1}-{text.Length}", Tokens(text));
            }
        }
    }

    private static string Tokens(byte[] text)
    {
        var lexer = new Lexer(text, isMap: false);
        var tokens = new List<string>();
        for (lexer.Next(); lexer.Kind != TokenKind.EndOfFile && lexer.Kind != TokenKind.Failed; lexer.Next())
        {
            tokens.Add($"{lexer.Kind} {lexer.Start}-{lexer.End}");
        }

        Assert.True(lexer.Kind != TokenKind.EndOfFile || (lexer.Start == text.Length && lexer.End == text.Length));
        return string.Join(", ", tokens) + (lexer.ErrorMessage is null ? "" : $" error at {lexer.ErrorOffset}");
    }

    private static string Plain(byte[] text)
    {
        var tokens = new List<string>();
        for (var position = 0; position < text.Length;)
        {
            var start = position;
            var kind = ReadPlain(text, ref position);
            if (kind == TokenKind.Failed)
            {
                return string.Join(", ", tokens) + $" error at {position}";
            }

            if (kind is { } token)
            {
                tokens.Add($"{token} {start}-{position}");
            }
        }

        return string.Join(", ", tokens);
    }

    /// <summary>The kind of what stands at the position, which goes behind it; null for what is ignored.</summary>
    private static TokenKind? ReadPlain(byte[] text, ref int position)
    {
        var rest = text.AsSpan(position);
        if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)',')
        {
            position++;
            return null;
        }

        if (rest.StartsWith("\uFEFF"u8) || rest[0] == '#')
        {
            var end = rest[0] == '#' ? rest.IndexOfAny((byte)'\n', (byte)'\r') : 3;
            position += end < 0 ? rest.Length : end;
            return null;
        }

        if (rest[0] == '"')
        {
            var isBlock = rest.StartsWith("\"\"\""u8);
            position = isBlock ? BlockStrings.FindEnd(text, position, out var error) : StringLiterals.FindEnd(text, position, out error);
            return error is not null ? TokenKind.Failed : isBlock ? TokenKind.BlockString : TokenKind.String;
        }

        return ReadWord(text, ref position);
    }

    private static TokenKind ReadWord(byte[] text, ref int position)
    {
        var first = (char)text[position];
        if (char.IsAsciiLetter(first) || first == '_')
        {
            while (position < text.Length && (char.IsAsciiLetterOrDigit((char)text[position]) || text[position] == '_'))
            {
                position++;
            }

            return TokenKind.Name;
        }

        if (char.IsAsciiDigit(first) || first == '-')
        {
            // Numbers are read by the lexer itself; here only what follows counts.
            var lexer = new Lexer(text.AsSpan(position), isMap: false);
            lexer.Next();
            position += lexer.ErrorMessage is null ? lexer.End : lexer.ErrorOffset;
            return lexer.Kind;
        }

        var isSpread = text.AsSpan(position).StartsWith("..."u8);
        var index = "!$&():=@[]{|}".IndexOf(first, StringComparison.Ordinal);
        position += isSpread ? 3 : index < 0 ? 0 : 1;
        return isSpread ? TokenKind.Spread : index < 0 ? TokenKind.Failed : Enum.Parse<TokenKind>(
            "Bang Dollar Amp ParenL ParenR Colon Equals At BracketL BracketR BraceL Pipe BraceR".Split(' ')[index]);
    }
}
