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
        var accepted = 0;
        const int Cases = 5_000;
        for (var i = 0; i < Cases; i++)
        {
            var text = RandomDocument(random);
            var context = new ValidationContext(Expect.Schema, Expect.Parse(text), ValidationOptions.Default);
            var quick = new FieldMergeCheck(context).Run() is not null;
            var twin = new PairwiseTwin(context);
            new DocumentWalker(context, context.Types, [twin]).Walk(context.Document);
            var blocks = new FieldBlocks(context);
            var pairs = new FieldPairCheck(blocks).Run() is not null;
            var agree = FieldClasses.AllAgree(blocks, out _);

            Assert.True(quick == twin.HasConflict, $"seed {seed}, case {i}: quick {quick}, pairwise {twin.HasConflict}\n{text}");
            Assert.True(pairs == twin.HasConflict, $"seed {seed}, case {i}: pairs of blocks {pairs}, pairwise {twin.HasConflict}\n{text}");
            Assert.False(agree && twin.HasConflict, $"seed {seed}, case {i}: the classes accept what conflicts\n{text}");
            conflicting += quick ? 1 : 0;
            accepted += agree ? 1 : 0;
        }

        Assert.InRange(conflicting, Cases / 20, Cases * 19 / 20);
        Assert.True(accepted > (Cases - conflicting) / 2, $"the classes accept {accepted} of {Cases - conflicting}");
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

    /// <summary>Few bytes, and so many merged sets that they cannot all be looked at: all keys name one field everywhere.</summary>
    public static TheoryData<string, string> DocumentsOfManyMergedSets() => new()
    {
        { "14 fragments that each select all others", $"{{ dog {{ {Repeat(14, i => $"...F{i} ")}}} }} {Repeat(14, i => $"fragment F{i} on Dog {{ mother {{ ...F{i} }} {Repeat(14, j => j == i ? "" : $"p{j}: mother {{ ...F{i} }} ")}}} ")}" },
        { "14 layers of 12 fragments", $"{{ dog {{ {Repeat(12, i => $"...L0F{i} ")}}} }} {Repeat(14, l => Repeat(12, i => $"fragment L{l}F{i} on Dog {{ {Repeat(12, j => j == i ? "" : $"p{j}: mother {{ {(l < 13 ? $"...L{l + 1}F{i}" : "name")} }} ")}}} "))}" },
        { "1,000 fragments in two rings", $"{{ dog {{ ...F0 }} }} {Repeat(1_000, i => $"fragment F{i} on Dog {{ mother {{ ...F{(i + 1) % 1_000} }} mother {{ ...F{(i + 2) % 1_000} }} }} ")}" },
        { "1,000 fragments in three rings", $"{{ dog {{ ...F0 }} }} {Repeat(1_000, i => $"fragment F{i} on Dog {{ mother {{ ...F{((7 * i) + 3) % 1_000} }} mother {{ ...F{((3 * i) + 1) % 1_000} }} father {{ ...F{(i + 1) % 1_000} }} }} ")}" },
        { "1,000 fragments that each spread two later ones", $"{{ dog {{ ...F0 }} }} {Repeat(1_000, i => $"fragment F{i} on Dog {{ name {(i < 998 ? $"mother {{ ...F{i + 1} }} mother {{ ...F{i + 2} }}" : "")} }} ")}" },
    };

    [Theory]
    [MemberData(nameof(DocumentsOfManyMergedSets))]
    public void Documents_of_many_merged_sets_are_decided_by_classes_of_fields(string name, string text)
    {
        var context = ContextOf(text);
        var merged = new FieldMergeCheck(context);
        Assert.Null(merged.Run());
        var blocks = new FieldBlocks(context);

        Assert.Equal(default, FieldMergeDecision.Of(context));
        Assert.True(merged.Visits <= 10_100 + (2 * text.Length), $"{name}: {merged.Visits} visits");
        Assert.True(FieldClasses.AllAgree(blocks, out var visits), name);
        Assert.True(visits <= text.Length, $"{name}: {visits} visits");
    }

    [Theory]
    [MemberData(nameof(DocumentsOfManyMergedSets))]
    public void Where_a_key_names_two_fields_the_pairs_of_blocks_decide(string name, string text)
    {
        // One key, two fields, in two places that share a fragment and never meet: the classes do not know that.
        var twice = " fragment X on Dog { a: mother { ...F0 ...L0F0 k: name } } fragment Y on Dog { b: mother { ...F0 ...L0F0 k: nickname } }";
        var context = ContextOf(text.Replace("{ dog {", "{ dog { ...X ...Y") + twice);
        var blocks = new FieldBlocks(context);
        var pairs = new FieldPairCheck(blocks);

        Assert.False(FieldClasses.AllAgree(blocks, out _), name);
        Assert.Null(pairs.Run());
        Assert.True(pairs.Visits <= 400_100, $"{name}: {pairs.Visits} visits");
        Assert.Equal(pairs.IsExhausted, name.Contains("three rings", StringComparison.Ordinal) || name.Contains("two", StringComparison.Ordinal));
    }

    [Fact]
    public void A_conflict_hidden_behind_many_merged_sets_is_found()
    {
        var text = $"{{ dog {{ {Repeat(14, i => $"...F{i} ")}}} }} {Repeat(14, i => $"fragment F{i} on Dog {{ {Repeat(14, j => j == i ? "" : $"p{j}: mother {{ ...G{i} }} ")}}} ")}"
            + Repeat(14, i => $"fragment G{i} on Dog {{ {Repeat(14, j => j == i ? "" : $"p{j}: mother {{ ...H{i} }} ")}}} ")
            + Repeat(14, i => $"fragment H{i} on Dog {{ {Repeat(14, j => j == i ? "" : $"p{j}: mother {{ ...K{i} }} ")}}} ")
            + Repeat(14, i => $"fragment K{i} on Dog {{ {(i is 3 or 9 ? $"x: {(i == 3 ? "name" : "nickname")}" : "barks")} }} ");
        var blocks = new FieldBlocks(ContextOf(text));

        Assert.False(FieldClasses.AllAgree(blocks, out _));
        Assert.Equal("x", new FieldPairCheck(blocks).Run()!.ResponseKey);
    }

    [Fact]
    public void A_document_with_too_many_overlaps_is_refused()
    {
        // Half a million pairs of fragments meet, and one key names two fields.
        var fragments = Repeat(1_000, i => $"fragment F{i} on Dog {{ name {(i < 998 ? $"mother {{ ...F{i + 1} }} mother {{ ...F{i + 2} }}" : "")} }} ");
        var text = $"{{ dog {{ a: mother {{ ...F0 k: name }} b: mother {{ ...F0 k: nickname }} }} }} {fragments}";
        var document = Parser.ParseDocument(new SourceText(text), new ParserOptions { MaxTokens = 0 }).Value!;

        var error = Assert.Single(Validator.Validate(Expect.Schema, document).Errors);

        Assert.Equal(
            "The fields of this document overlap in too many ways to check whether they can be merged. "
            + "Spread fewer fragments in one another, or use fewer aliases.",
            error.Message);
        Assert.Equal(ErrorCode.MaxFieldsExceeded, error.Code);
    }

    private static ValidationContext ContextOf(string text) => new(
        Expect.Schema,
        Parser.ParseDocument(new SourceText(text), new ParserOptions { MaxTokens = 0 }).Value!,
        ValidationOptions.Default);

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
