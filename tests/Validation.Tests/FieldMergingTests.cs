using System.Text;
using GraphGateway.Language;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Validation.Tests;

/// <summary>The quick check against its twin that compares all pairs, and documents made to be expensive.</summary>
public sealed class FieldMergingTests
{
    private static readonly string[] Types = ["Dog", "Cat", "Pet", "Canine", "Human", "CatOrDog"];

    [Fact]
    public void The_quick_check_and_the_pairwise_one_agree_on_random_documents()
    {
        var seed = Seed.Value;
        var random = new Random(seed);
        var conflicting = 0;
        const int Cases = 5_000;
        for (var i = 0; i < Cases; i++)
        {
            var text = RandomDocument(random);
            var context = new ValidationContext(Expect.Schema, Expect.Parse(text), ValidationOptions.Default);
            var quick = new FieldMergeCheck(context).Run() is not null;
            var twin = new PairwiseTwin(context);
            new DocumentWalker(context, context.Types, [twin]).Walk(context.Document);

            Assert.True(quick == twin.HasConflict, $"seed {seed}, case {i}: quick {quick}, pairwise {twin.HasConflict}\n{text}");
            conflicting += quick ? 1 : 0;
        }

        Assert.InRange(conflicting, Cases / 20, Cases * 19 / 20);
    }

    [Fact]
    public void Equal_fields_in_great_number_are_fine() =>
        Expect.Valid($"{{ dog {{ {string.Join(' ', Enumerable.Repeat("mother { name }", 3_000))} }} }}");

    [Fact]
    public void Fragments_that_double_at_every_level_are_fine()
    {
        var text = new StringBuilder("{ dog { ...F0 } } ");
        for (var i = 0; i < 200; i++)
        {
            text.Append($"fragment F{i} on Dog {{ mother {{ ...F{i + 1} }} father {{ ...F{i + 1} }} a{i}: mother {{ ...F{i + 1} name }} }} ");
        }

        Expect.Valid(text.Append("fragment F200 on Dog { name }").ToString());
    }

    [Fact]
    public void A_long_chain_of_fragments_does_not_overflow_the_stack()
    {
        var text = new StringBuilder("{ dog { ...F0 } } ");
        for (var i = 0; i < 2_000; i++)
        {
            text.Append($"fragment F{i} on Dog {{ mother {{ ...F{i + 1} }} mother {{ ...F{i + 1} }} }} ");
        }

        Expect.Valid(text.Append("fragment F2000 on Dog { name }").ToString());
    }

    [Fact]
    public void Conflicts_in_great_number_stop_at_the_error_limit()
    {
        var fields = string.Join(' ', Enumerable.Range(0, 1_000).Select(i => i % 2 == 0 ? "x: name" : "x: nickname"));

        var result = Validator.Validate(Expect.Schema, Expect.Parse($"{{ dog {{ {fields} }} }}"));

        Assert.Equal(101, result.Errors.Length);
        Assert.Equal("Too many validation errors, error limit reached. Validation aborted.", result.Errors[^1].Message);
    }

    [Fact]
    public void Conflicts_that_need_too_many_comparisons_are_not_all_listed_and_the_last_error_says_so()
    {
        var equal = string.Join(' ', Enumerable.Repeat("a: name", 600));

        Expect.Errors(
            $"{{ dog {{ x: name x: nickname {equal} }} human {{ x: name x: iq }} }}",
            """
            1:9 1:17 Fields "x" conflict because "name" and "nickname" are different fields. Use different aliases on the fields to fetch both if this was intentional.
            Too many fields conflict to list them all; further conflicts are not listed.
            """);
    }

    [Fact]
    public void A_document_with_too_many_overlaps_is_refused()
    {
        // Each of the merged sets differs by one field, and each brings the whole fragment with it.
        var fields = string.Join(' ', Enumerable.Range(0, 2_000).Select(i => $"n{i}: name"));
        var sets = string.Join(' ', Enumerable.Range(0, 1_100).Select(i => $"m{i}: mother {{ ...F b{i}: barks }}"));

        Expect.Errors(
            $"{{ dog {{ {sets} }} }} fragment F on Dog {{ {fields} }}",
            "The fields of this document overlap in too many ways to check whether they can be merged.");
    }

    public static TheoryData<string, string, int> ExpensiveDocuments() => new()
    {
        { "10,000 times the same field", $"{{ dog {{ {Repeat(10_000, _ => "name ")}}} }}", 10_001 },
        { "1,000 fragments in a chain", $"{{ dog {{ ...F0 }} }} {Repeat(1_000, i => $"fragment F{i} on Dog {{ name {(i < 999 ? $"...F{i + 1}" : "barks")} }} ")}", 2_002 },
        { "1,000 fragments side by side", $"{{ dog {{ {Repeat(1_000, i => $"...F{i} ")}}} }} {Repeat(1_000, i => $"fragment F{i} on Dog {{ name n{i}: barks }} ")}", 3_001 },
        { "1,000 fragments in a cycle", $"{{ dog {{ ...F0 }} }} {Repeat(1_000, i => $"fragment F{i} on Dog {{ name ...F{(i + 1) % 1_000} }} ")}", 2_003 },
        { "1,000 fragments in a cycle through fields", $"{{ dog {{ ...F0 }} }} {Repeat(1_000, i => $"fragment F{i} on Dog {{ name mother {{ ...F{(i + 1) % 1_000} }} }} ")}", 3_003 },
        { "a tree of 4,000 aliases", $"{{ dog {Tree(11)} }}", 30_000 },
    };

    [Theory]
    [MemberData(nameof(ExpensiveDocuments))]
    public void Work_grows_with_the_document_and_not_with_the_pairs_in_it(string name, string text, int visits)
    {
        var document = Parser.ParseDocument(new SourceText(text), new ParserOptions { MaxTokens = 0 }).Value!;
        var check = new FieldMergeCheck(new ValidationContext(Expect.Schema, document, ValidationOptions.Default));

        Assert.Null(check.Run());
        Assert.True(check.Visits <= visits, $"{name}: {check.Visits} visits");
    }

    [Theory]
    [InlineData("query", "")]
    [InlineData("query", " ...F0")]
    [InlineData("subscription", "")]
    public void A_chain_of_100_000_fragments_or_a_cycle_does_not_overflow_the_stack(string operation, string end)
    {
        const int Count = 100_000;
        var root = operation == "query" ? "Query" : "Subscription";
        var text = $"{operation} {{ ...F0 }} {Repeat(Count, i => $"fragment F{i} on {root} {{ {(i < Count - 1 ? $"...F{i + 1}" : "__typename" + end)} }} ")}";
        var document = Parser.ParseDocument(new SourceText(text), new ParserOptions { MaxTokens = 0, MaxBytes = 0 }).Value!;

        var result = Validator.Validate(Expect.Schema, document);

        Assert.Equal(operation == "query" && end.Length == 0, result.Document is not null);
        Assert.All(result.Errors, error => Assert.True(
            error.Message.StartsWith("Cannot spread fragment", StringComparison.Ordinal)
            || error.Message.Contains("must not select an introspection", StringComparison.Ordinal), error.Message));
    }

    [Fact]
    public void Conflicts_among_thousands_of_fragments_are_not_looked_for_in_all_pairs()
    {
        var fragments = Repeat(4_000, i => $"fragment F{i} on Dog {{ n{i}: name }} ");
        var text = $"{{ dog {{ x: name x: nickname {Repeat(4_000, i => $"...F{i} ")} }} }} {fragments}";
        var document = Parser.ParseDocument(new SourceText(text), new ParserOptions { MaxTokens = 0 }).Value!;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = Validator.Validate(Expect.Schema, document);

        Assert.Equal("Too many fields conflict to list them all; further conflicts are not listed.", result.Errors[^1].Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000_000);
    }

    private static string Tree(int levels) => levels == 0 ? "{ name }" : $"{{ a: mother {Tree(levels - 1)} b: father {{ name }} a: mother {Tree(levels - 1)} }}";

    private static string Repeat(int count, Func<int, string> item) => string.Concat(Enumerable.Range(0, count).Select(item));

    private static string RandomDocument(Random random)
    {
        var text = new StringBuilder("{ dog ").Append(RandomSet(random, 3)).Append(" pet ").Append(RandomSet(random, 3)).Append(" }");
        for (var i = 0; i < 3; i++)
        {
            text.Append($" fragment F{i} on {Types[random.Next(Types.Length)]} ").Append(RandomSet(random, 2));
        }

        return text.ToString();
    }

    private static string RandomSet(Random random, int depth)
    {
        var selections = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(7) switch
        {
            0 when depth > 0 => $"mother {RandomSet(random, depth - 1)}",
            1 when depth > 0 => $"{RandomAlias(random)}father {RandomSet(random, depth - 1)}",
            2 when depth > 0 => $"... on {Types[random.Next(Types.Length)]} {RandomSet(random, depth - 1)}",
            3 => $"...F{random.Next(3)}",
            4 => $"{RandomAlias(random)}name{(random.Next(4) == 0 ? "(surname: true)" : "")}",
            5 => $"{RandomAlias(random)}{(random.Next(2) == 0 ? "barkVolume" : "meowsVolume")}",
            _ => $"{RandomAlias(random)}nickname",
        });
        return $"{{ {string.Join(' ', selections)} }}";
    }

    private static string RandomAlias(Random random) => random.Next(8) switch { 0 => "x: ", 1 => "y: ", _ => "" };

    private sealed class PairwiseTwin(ValidationContext context) : ValidationRule(context)
    {
        private readonly FieldConflictExplainer explainer = new(context);

        public bool HasConflict { get; private set; }

        public override void EnterSelectionSet(SelectionSetNode node) =>
            HasConflict |= explainer.Explain(node, Types.ParentType).Count > 0;
    }

    [Fact]
    public void A_field_that_meets_itself_through_a_cycle_of_fragments_is_no_conflict() => Expect.Errors(
        """
        { dog { ...F } }
        fragment F on Dog { ...F name(surname: true, surname: false) }
        """,
        """
        2:21 Cannot spread fragment "F" within itself.
        2:31 2:46 There can be only one argument named "surname".
        """);
}
