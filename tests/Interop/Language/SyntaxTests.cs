using GraphGateway.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Interop.Language;

/// <summary>Texts with tokens dropped, doubled and swapped, and with broken strings and numbers: the same error or the same print.</summary>
public sealed class SyntaxTests(ITestOutputHelper output)
{
    private static readonly int Count = Nightly.Cases(4_000, 100_000);

    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "$", "@", "!", ":", "=", "|", "&", "...", "..", ".", "#", "# c\n", "\"", "\"\"\"", "'", "\\", "\n", "\r", "\r\n", "\t", ",",
        "\uFEFF", "\u00A0", "\u0007", "é", "😀", "0", "00", "01", "-", "-1", "1.", "1.5", ".5", "1e", "1e5", "1E+", "0x1", "1a", "1_0", "1.2.3", "1.e1",
        "on", "query", "mutation", "subscription", "fragment", "extend", "type", "schema", "input", "enum", "true", "false", "null", "repeatable",
        "implements", "interface", "union", "scalar", "directive", "name", "_", "$v",
        "\"a", "\"\\x\"", "\"\\u12\"", "\"\\u{110000}\"", "\"\\u{}\"", "\"\\u{1F600\"", "\"\\uD83D\"", "\"\\uD83D\\uDE00\"", "\"\\uDE00\"", "\"\\u{D800}\"", "\"a\nb\"",
        "\"\\u{00000000041}\"", "\"\\uD83D\\u0041\"", "\"\u0007\"", "\"\\", "\"\\\"", "\"tab\there\"",
        "\"\"\"a", "\"\"\" \\\"\"\" \"\"\"", "\"\"\"\r\n  a\r  b\n\"\"\"", "\"\"\"\"\"\"", "\"\"\"\\u0041\"\"\"", "\"\"\"é😀\n \"\"\"",
    ];

    [InteropTheory]
    [InlineData("document")]
    [InlineData("value")]
    [InlineData("type")]
    public void Broken_texts_get_the_error_of_the_reference_and_whole_ones_its_print(string kind)
    {
        using var reference = new GraphQLJs();
        var (errors, total) = (0, 0);
        for (var batch = 0; batch * 100 < (kind == "document" ? Count : Count / 4); batch++)
        {
            var maxTokens = batch % 10 == 9 ? 7 : 0;
            var seed = unchecked((Seed.Value * 31) + (batch * 7919));
            var texts = Enumerable.Range(0, 100).Select(i => Mutate(Whole(kind, new Dice(seed + i, 0)), new Dice(seed + i, 0))).ToList();
            var answers = reference.ParseTexts(kind, texts, maxTokens);
            for (var i = 0; i < texts.Count; i++)
            {
                total++;
                errors += answers[i].StartsWith("Syntax Error", StringComparison.Ordinal) ? 1 : 0;
                if (!IsSame(Ours.ParseText(kind, texts[i], maxTokens), answers[i]))
                {
                    Fail(reference, kind, texts[i], maxTokens);
                }
            }
        }

        output.WriteLine($"{total} texts, {errors} of them with a syntax error");
        Assert.True(errors > total / 4 && errors < total, $"{errors} of {total} texts are broken");
    }

    // After a definition without a body we print an anonymous query with its keyword: braces alone would be read as that body.
    private static bool IsSame(string ours, string theirs) =>
        ours == theirs || ours.Replace("\nquery {", "\n{", StringComparison.Ordinal) == theirs;

    private static void Fail(GraphQLJs reference, string kind, string text, int maxTokens)
    {
        var small = Minimiser.Shrink(text, candidates =>
        {
            var answers = reference.ParseTexts(kind, candidates, maxTokens);
            return [.. candidates.Select((candidate, index) => !IsSame(Ours.ParseText(kind, candidate, maxTokens), answers[index]))];
        });
        Assert.Fail(
            $"{Seed.Variable}={Seed.Value}, a {kind}, at most {maxTokens} tokens\n{small}\n({System.Text.Json.JsonSerializer.Serialize(small)})\n"
            + $"--- ours\n{Ours.ParseText(kind, small, maxTokens)}\n--- theirs\n{reference.ParseTexts(kind, [small], maxTokens)[0]}");
    }

    private static string Whole(string kind, Dice dice) => kind switch
    {
        "value" => dice.Chance(0.3) ? Literals.Any(dice) : $"[{Literals.Any(dice)} {{ a: {Literals.Any(dice)}, b: [$c {Literals.Text(dice)}] }}]",
        "type" => dice.Pick(["[Int!]!", "A", "[[A]!]", "B!"]),
        _ => dice.Chance(0.5) ? SdlGenerator.Generate(dice) : DocumentGenerator.Generate(Zoo.Value, dice),
    };

    private static readonly Lazy<TypeSystem.Schema> Zoo = new(static () => Ours.Schema(Schemas.Zoo));

    private static string Mutate(string text, Dice dice)
    {
        var tokens = Minimiser.Token().Matches(text).Select(static match => match.Value).ToList();
        var changes = dice.Chance(0.2) ? 0 : dice.Between(1, 3);
        for (var i = 0; i < changes && tokens.Count > 0; i++)
        {
            var at = dice.Next(tokens.Count);
            switch (dice.Next(6))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[at]);
                    break;
                case 2:
                    var other = dice.Next(tokens.Count);
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
                case 3:
                    tokens[at] = dice.Pick(Pieces);
                    break;
                case 4:
                    tokens.Insert(at, dice.Pick(Pieces) + (dice.Chance(0.5) ? " " : ""));
                    break;
                default:
                    var whole = string.Concat(tokens);
                    var cut = dice.Next(whole.Length + 1);
                    cut -= cut > 0 && char.IsHighSurrogate(whole[cut - 1]) ? 1 : 0;
                    tokens = [whole[..cut], dice.Chance(0.5) ? dice.Pick(Pieces) : "", dice.Chance(0.7) ? whole[cut..] : ""];
                    tokens.RemoveAll(static token => token.Length == 0);
                    break;
            }
        }

        return string.Concat(tokens);
    }
}
