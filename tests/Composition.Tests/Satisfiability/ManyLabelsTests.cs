using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>Labels of <c>@override</c> are known where they matter, and nowhere else.</summary>
public sealed class ManyLabelsTests
{
    // Where keys hang on labels, what is missing may hide what else is, on one side of a label alone.
    [Fact]
    public void What_is_missing_for_some_labels_is_what_the_plain_twin_misses_which_knows_all_of_them_everywhere()
    {
        var (all, some, sound) = (0, 0, 0);
        for (var seed = 1; seed <= 700; seed++)
        {
            var sources = RandomLabels.Of(seed, types: 2 + (seed % 4), labels: 1 + (seed % 3));
            if (Rule.Compose(sources, SourceDialect.Apollo, new ComposerOptions { CheckSatisfiability = false }).Supergraph is not { } supergraph)
            {
                continue;
            }

            var plain = Plain.Satisfiability.FindLengths(supergraph);
            var told = Satisfiability.Find(supergraph).Findings.ToDictionary(finding => $"{finding.TypeName}.{finding.FieldName}", finding => finding.Path?.Length ?? 0);
            var isAll = KeyLabels.Of(supergraph).Count == 0 || plain.Count == 0;
            var each = isAll ? [] : Combinations(supergraph).Select(facts => Plain.Satisfiability.FindLengths(supergraph, facts)).ToArray();

            // Where the twin does not go on, since something is missing on the other side of a label, or comes by a longer way.
            bool IsMissing(string field, int length) => plain.GetValueOrDefault(field, length) >= length && each.Any(missing => missing.GetValueOrDefault(field, length + 1) <= length);
            Assert.True(
                isAll ? plain.OrderBy(entry => entry.Key).SequenceEqual(told.OrderBy(entry => entry.Key)) : told.Count > 0 && told.All(entry => IsMissing(entry.Key, entry.Value)),
                $"seed {seed}\nmissing:\n{string.Join('\n', plain.OrderBy(entry => entry.Key))}\ntold:\n{string.Join('\n', told.OrderBy(entry => entry.Key))}\n{sources}");
            (all, some, sound) = (all + (isAll ? told.Count : 0), some + (isAll ? 0 : told.Count), sound + (plain.Count == 0 ? 1 : 0));
        }

        Assert.True(all > 300 && some > 500 && sound > 50, $"{all} and {some} fields missing, {sound} sets where nothing is");
    }

    // Nobody needs to know more than one combination of labels at a time: a request sees one.
    [Fact]
    public void What_is_refused_cannot_be_answered_with_some_combination_of_labels()
    {
        var (sound, some, combinations) = (0, 0, 0);
        for (var seed = 1; seed <= 500; seed++)
        {
            var sources = RandomMoves.Of(seed, types: 1 + (seed % 4), labels: 1 + (seed % 6));
            if (Rule.Compose(sources, SourceDialect.Apollo, new ComposerOptions { CheckSatisfiability = false }).Supergraph is not { } supergraph)
            {
                continue;
            }

            var each = Combinations(supergraph).Select(facts => Plain.Satisfiability.FindLengths(supergraph, facts).Count > 0).ToArray();
            var isRefused = Satisfiability.Find(supergraph).Findings.Any(finding => finding.Code == ProblemCode.UnsatisfiableQueryPath);
            Assert.True(each.Contains(true) == isRefused, $"seed {seed}: {(isRefused ? "refused, and there with all of them" : "missing with some of them")}\n{sources}");
            (sound, some, combinations) = (sound + (isRefused ? 0 : 1), some + (isRefused && each.Contains(false) ? 1 : 0), combinations + each.Length);
        }

        Assert.True(sound > 80 && some > 20 && combinations > 5_000, $"{sound} sound sets, {some} that are so for some combinations alone, of {combinations}");
    }

    // What clients do not see may be there with one side of a label alone, and be needed with that side alone.
    [Fact]
    public void What_is_hidden_and_moves_is_missing_where_it_is_needed_with_some_combination_of_labels()
    {
        var (sound, some, late, taken) = (0, 0, 0, 0);
        for (var seed = 1; seed <= 1_000; seed++)
        {
            var sources = RandomHidden.Of(seed, types: 1 + (seed % 3), labels: 1 + (seed % 4));
            if (Rule.Compose(sources, SourceDialect.Apollo, new ComposerOptions { CheckSatisfiability = false }).Supergraph is not { } supergraph)
            {
                continue;
            }

            var each = Combinations(supergraph).Select(facts => Plain.Satisfiability.FindLengths(supergraph, facts).Count > 0).ToArray();
            var told = Satisfiability.Find(supergraph).Findings.Where(finding => finding.Code == ProblemCode.UnsatisfiableQueryPath).ToArray();
            Assert.True(
                each.Contains(true) == told.Length > 0,
                $"seed {seed}: {(told.Length > 0 ? "refused, and there with all of them" : "missing with some of them")}\n{string.Join('\n', told.Select(finding => finding.Message))}\n{sources}");
            (sound, some) = (sound + (told.Length > 0 ? 0 : 1), some + (told.Length > 0 && each.Contains(false) ? 1 : 0));
            late += told.Length == 0 && Plain.Satisfiability.FindLengths(supergraph).Count > 0 ? 1 : 0;
            taken += told.Any(finding => finding.Message.Contains("which cannot be had where that is set", StringComparison.Ordinal)) ? 1 : 0;
        }

        Assert.True(
            sound > 80 && some > 20 && late > 10 && taken > 10,
            $"{sound} sound sets, of which {late} look as if they were not, {some} that are so for some combinations alone; in {taken} a context cannot give what is taken");
    }

    // A source is entered by what clients do not see; it is there only while a label is on, as the field for which it is needed.
    [Fact]
    public void A_hidden_key_is_asked_for_with_the_label_that_its_field_moves_by()
    {
        string Sources(string label) => $$"""
            # source a
            {{Link}}
            type Query { t: T }
            type T @key(fields: "id") { id: ID! v: Int }
            # source b
            {{Link}}
            type T @key(fields: "id", resolvable: false) { id: ID! k: ID @inaccessible }
            # source c
            {{Link}}
            type T @key(fields: "id") { id: ID! k: ID @inaccessible @override(from: "b", label: "l0") }
            # source d
            {{Link}}
            type T @key(fields: "k") { k: ID @external v: Int @override(from: "a", label: "{{label}}") }
            """;
        Assert.Equal("", Rule.Text(Rule.Compose(Sources("l0"))));
        Assert.Equal(
            """
            a.graphqls:3:37 SATISFIABILITY_ERROR No source can answer { t { v } }, at T.v: a serves it only while the label "l1" is off; d has it, but entering it by its @key needs "k", which b has, where the query cannot get to, and c has only while the label "l0" is on; b and c do not have it. The query stands in a, while the label "l1" is on.
              also d.graphqls:2:44
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """,
            Rule.Text(Rule.Compose(Sources("l1"))));
    }

    // The same of what an argument takes from the value above.
    [Fact]
    public void What_is_taken_from_a_context_is_asked_for_with_the_label_that_its_field_moves_by()
    {
        string Sources(string label) => $$"""
            # source a
            {{Link}}
            type Query { t: T @shareable }
            type T @key(fields: "id") @context(name: "above") { id: ID! k: ID @external u: U }
            type U @key(fields: "id") { id: ID! v(of: ID @fromContext(field: "$above { k }")): Int @override(from: "d", label: "{{label}}") }
            # source b
            {{Link}}
            type T @key(fields: "id", resolvable: false) { id: ID! k: ID @inaccessible }
            # source c
            {{Link}}
            type T @key(fields: "id") { id: ID! k: ID @inaccessible @override(from: "b", label: "l0") }
            # source d
            {{Link}}
            type U @key(fields: "id") { id: ID! v: Int }
            """;
        Assert.Equal("", Rule.Text(Rule.Compose(Sources("l0"))));
        Assert.Equal(
            """
            a.graphqls:4:37 SATISFIABILITY_ERROR No source can answer { t { u { v } } }, at U.v: a needs "k" of the context "above", which cannot be had where that is set; d serves it only while the label "l1" is off; b and c do not have it. The query stands in a, while the label "l1" is on.
              also d.graphqls:2:37
              hint: Let what a takes from the context be had wherever the context is set, by a lookup or a key that is known there.
            """,
            Rule.Text(Rule.Compose(Sources("l1"))));
    }

    private static IEnumerable<PathFacts> Combinations(Supergraph supergraph)
    {
        var labels = supergraph.Types.SelectMany(type => type.Fields).SelectMany(field => field.Sources).Select(entry => entry.Override?.Label).OfType<string>().Distinct();
        IEnumerable<PathFacts> all = [PathFacts.None];
        return labels.Aggregate(all, (some, label) => some.SelectMany(facts => (PathFacts[])[facts.With(label, true), facts.With(label, false)]));
    }

    // Each of them is reached by fields that move alone, and by any set of labels.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_dozen_labels_on_the_ways_between_three_hundred_types_are_no_powers_of_three(bool areRequired)
    {
        var ring = Ring(types: 300, labels: 24, areRequired);
        var result = Rule.Compose($"# source a\n{Link}\ntype Query {{ t0: T0 }}\n{ring.A}\n# source b\n{Link}\n{ring.B}\n# source c\n{Link}\n{ring.C}");
        Assert.Equal("", Rule.Text(result));
        var (findings, count) = Satisfiability.Find(result.Supergraph!);
        Assert.Empty(findings);
        Assert.InRange(count, 300, 310);
    }

    [Fact]
    public void What_is_missing_for_one_combination_of_them_is_found()
    {
        Assert.Equal("", Rule.Text(Rule.Compose(Combination(""))));
        Assert.Equal(
            """
            a.graphqls:4:45 SATISFIABILITY_ERROR No source can answer { r { e { v { z } } } }, at V.z: a serves it only while the label "l3" is off; b has it, but says resolvable: false of its @key "k", so that V cannot be entered there; c does not have it. The query stands in a, while the label "l17" is off and "l3" is on.
              also b.graphqls:3:64
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """,
            Rule.Text(Rule.Compose(Combination("v: V"))));
    }

    // On the way to V it is decided whether l3 is on, which E does not need to know but for V; from V in a nobody gets to b.
    private static string Combination(string inA)
    {
        var ring = Ring(types: 300, labels: 24, areRequired: true);
        return $$"""
            # source a
            {{Link}}
            type Query { r: R }
            type R { e: E @shareable }
            type V @key(fields: "k") { k: ID @shareable z: Int }
            type E @key(fields: "id") { id: ID! t0: T0 {{inA}} }
            {{ring.A}}
            # source b
            {{Link}}
            type Query { r: R @override(from: "a", label: "l3") }
            type V @key(fields: "k", resolvable: false) { k: ID @shareable z: Int @override(from: "a", label: "l3") }
            type R { e: E @shareable }
            type E @key(fields: "id") { id: ID! v: V {{(inA.Length > 0 ? "@override(from: \"a\", label: \"l17\")" : "")}} }
            {{ring.B}}
            # source c
            {{Link}}
            {{ring.C}}
            """;
    }

    // Two sources that share it let it go to another one each: where both did, nobody who can be entered has it.
    [Fact]
    public void A_field_that_moves_by_two_labels_is_looked_at_for_each_outcome_of_both()
    {
        string Sources(string keyInD) => $$"""
            # source a
            {{Link}}
            type Query { t: T @shareable }
            type T @key(fields: "id") { id: ID! f: Int @shareable }
            # source b
            {{Link}}
            type T @key(fields: "id", resolvable: false) { id: ID! f: Int @shareable @override(from: "a", label: "l0") }
            # source c
            {{Link}}
            type Query { t: T @shareable }
            type T @key(fields: "id") { id: ID! f: Int @shareable }
            # source d
            {{Link}}
            type T @key(fields: "id"{{keyInD}}) { id: ID! f: Int @shareable @override(from: "c", label: "l1") }
            """;
        Assert.Equal("", Rule.Text(Rule.Compose(Sources(""))));
        Assert.Equal(
            """
            a.graphqls:3:37 SATISFIABILITY_ERROR No source can answer { t { f } }, at T.f: a serves it only while the label "l0" is off; b has it, but says resolvable: false of its @key "id", so that T cannot be entered there; c serves it only while the label "l1" is off; d has it, but says resolvable: false of its @key "id", so that T cannot be entered there. The query stands in a and c, while the label "l0" is on and "l1" is on.
              also b.graphqls:2:56
              also c.graphqls:3:37
              also d.graphqls:2:56
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """,
            Rule.Text(Rule.Compose(Sources(", resolvable: false"))));
    }

    // Below each of them only the labels further in make a difference.
    [Fact]
    public void Two_dozen_fields_one_below_the_other_that_move_by_a_label_each_can_be_required()
    {
        string Types(Func<int, string> field) => string.Join('\n', Enumerable.Range(0, 24).Select(i => $"type T{i} @key(fields: \"id\") {{ id: ID! f: T{i + 1} {field(i)} }}"));
        var sources = $$"""
            # source a
            {{Link}}
            type Query { t: T0 }
            {{Types(_ => "")}}
            type T24 @key(fields: "id") { id: ID! x: Int }
            # source b
            {{Link}}
            {{Types(i => $"@override(from: \"a\", label: \"l{i}\")")}}
            type T24 @key(fields: "id") { id: ID! }
            # source c
            {{Link}}
            {{Types(_ => "@external")}}
            type T24 @key(fields: "id") { id: ID! x: Int @external }
            extend type T0 { r: Int @requires(fields: "{{string.Concat(Enumerable.Repeat("f { ", 24))}}x{{string.Concat(Enumerable.Repeat(" }", 24))}}") }
            """;
        Assert.Equal("", Rule.Text(Rule.Compose(sources)));
    }

    // Each hangs on the labels of those before it, and on no other.
    [Fact]
    public void Two_dozen_fields_that_move_by_a_label_each_can_require_one_another()
    {
        string Fields(int side) => string.Join(' ', Enumerable.Range(0, 24).Select(i => i % 2 == side
            ? $"f{i}: Int @override(from: \"a\", label: \"l{i}\"){(i > 0 ? $" @requires(fields: \"f{i - 1}\")" : "")}"
            : i < 23 ? $"f{i}: Int @external" : ""));
        var sources = $$"""
            # source a
            {{Link}}
            type Query { t: T }
            type T @key(fields: "id") { id: ID! {{string.Join(' ', Enumerable.Range(0, 24).Select(i => $"f{i}: Int"))}} }
            # source b
            {{Link}}
            type T @key(fields: "id") { id: ID! {{Fields(0)}} }
            # source c
            {{Link}}
            type T @key(fields: "id") { id: ID! {{Fields(1)}} }
            """;
        Assert.Equal("", Rule.Text(Rule.Compose(sources)));
    }

    // There are as many ways there as sets of labels, and on each of them a key hangs.
    [Fact]
    public void What_is_missing_below_two_dozen_labels_is_told_as_that()
    {
        string Types(Func<int, string> fields) => string.Join('\n', Enumerable.Range(0, 24).Select(i => $"type T{i} @key(fields: \"id\") {{ id: ID! {fields(i)} }}"));
        var sources = $$"""
            # source a
            {{Link}}
            type Query { t: T0 }
            {{Types(i => $"f: T{i + 1}")}}
            type T24 @key(fields: "id") { id: ID! }
            # source b
            {{Link}}
            {{Types(i => $"f: T{i + 1} @override(from: \"a\", label: \"l{i}\")")}}
            type T24 @key(fields: "id") { id: ID! }
            # source c
            {{Link}}
            {{Types(i => $"f: T{i + 1} @external r: Int @requires(fields: \"f {{ id }}\")")}}
            type T24 @key(fields: "id", resolvable: false) { id: ID! }
            # source d
            {{Link}}
            type T24 @key(fields: "id", resolvable: false) { id: ID! z: Int }
            """;
        var problem = Assert.Single(Rule.Compose(sources).Problems);
        Assert.Equal(
            $"No source can answer {{ t {{ {string.Concat(Enumerable.Repeat("f { ", 24))}z{string.Concat(Enumerable.Repeat(" }", 24))} }} }}, at T24.z: d has it, but says resolvable: false of its @key \"id\", so that T24 cannot be entered there; a, b and c do not have it. The query stands in b, while the label",
            problem.Message.Split(" \"l0\"")[0]);
        Assert.Equal("SatisfiabilityError", $"{problem.Code}");
    }

    // Of each pair of sources, one knows it whatever the label is, so that there are two to the power of them.
    [Fact]
    public void Labels_of_one_field_have_a_bound()
    {
        var problem = Assert.Single(Rule.Compose(string.Concat(Enumerable.Range(0, 20).Select(i => $$"""
            # source a{{i}}
            {{Link}}
            type Query { t: T @shareable }
            type T { a{{i}}: Int }
            # source b{{i}}
            {{Link}}
            type Query { t: T @shareable @override(from: "a{{i}}", label: "l{{i}}") }
            type T { b{{i}}: Int }

            """))).Problems);
        Assert.Equal(
            (ProblemCode.UnsupportedFeature, "Whether all queries can be answered cannot be found out: they come to T with more than 17000 different sets of sources, labels and contexts."),
            (problem.Code, problem.Message));
    }

    // Clients do not see the key, so that it is asked for z alone: why that cannot be entered hangs on 30 labels.
    [Fact]
    public void Why_a_key_is_missing_is_told_without_all_outcomes_of_its_labels()
    {
        var problem = Assert.Single(Rule.Compose(string.Concat(Enumerable.Range(0, 30).Select(i => $$"""
            # source a{{i}}
            {{Link}}
            type T @key(fields: "id") { id: ID! @shareable k: ID @shareable @inaccessible }
            # source b{{i}}
            {{Link}}
            type T @key(fields: "id", resolvable: false) { id: ID! @shareable k: ID @shareable @override(from: "a{{i}}", label: "l{{i}}") }

            """)) + $$"""
            # source q
            {{Link}}
            type Query { t: T }
            type T @key(fields: "id") { id: ID! @shareable }
            # source z
            {{Link}}
            type T @key(fields: "k") { k: ID @external f: Int }
            """).Problems);
        Assert.StartsWith("No source can answer { t { f } }, at T.f: z has it, but entering it by its @key needs \"k\"", problem.Message, StringComparison.Ordinal);
    }

    private const string Link =
        "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@key\", \"@override\", \"@shareable\", \"@external\", \"@requires\", \"@inaccessible\", \"@context\", \"@fromContext\"])";

    // Each type leads to three others, by fields that move from a to b.
    private static (string A, string B, string C) Ring(int types, int labels, bool areRequired)
    {
        string Each(Func<int, string> text) => string.Join('\n', Enumerable.Range(0, types).Select(text));
        string Fields(int type, bool isMoved) => string.Join(' ', Enumerable.Range(0, 3).Select(field =>
            $"f{field}: T{((type * (field + 1)) + 1) % types}{(isMoved ? $" @override(from: \"a\", label: \"l{((3 * type) + field) % labels}\")" : "")}"));
        return (
            Each(type => $"type T{type} @key(fields: \"id\") {{ id: ID! {Fields(type, false)} }}"),
            Each(type => $"type T{type} @key(fields: \"id\") {{ id: ID! {Fields(type, true)} }}"),
            Each(type => $"type T{type} @key(fields: \"id\") {{ id: ID! {(areRequired ? $"f0: T{(type + 1) % types} @external g: Int @requires(fields: \"f0 {{ id }}\")" : "g: Int")} }}"));
    }
}
