using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>Who does what the hints about an <c>@external</c> field say, once, has sources that compose.</summary>
public sealed class ExternalHintsTests
{
    private const string Link = """extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@provides", "@override", "@requires", "@shareable"])""";

    [Fact]
    public void What_is_nowhere_needed_as_another_source_s_is_taken_over_without_external() => Mend(
        """
        # source a
        type Query { rose: Rose roseById(id: ID!): Rose @lookup }
        type Rose @key(fields: "id") { id: ID! bed: Bed }
        type Bed { row: Int @shareable }
        # source b
        type Query { other(id: ID!): Rose @lookup @internal }
        type Rose @key(fields: "id") {
          id: ID!
          bed(id: ID @require(field: "id")): Bed @external @override(from: "a") @provides(fields: "row")
        }
        type Bed { row: Int @external }
        """,
        """
        b.graphqls:4:42 EXTERNAL_UNUSED Rose.bed is @external, but no @provides of b provides it and no @key has it.
          hint: Remove @external: b then resolves the field in place of a. Where further sources resolve it, it must be @shareable in all of them.

        b.graphqls:4:42 EXTERNAL_OVERRIDE_COLLISION Rose.bed is @external and has @override: it cannot belong to another source and be taken over from it.
          also b.graphqls:4:52
          hint: Remove @external: b then resolves the field in place of a. Where further sources resolve it, it must be @shareable in all of them.

        b.graphqls:4:42 EXTERNAL_PROVIDES_COLLISION Rose.bed is @external and has @provides: what another source resolves cannot provide anything here.
          also b.graphqls:4:73
          hint: Remove @external: b then resolves the field in place of a. Where further sources resolve it, it must be @shareable in all of them.

        b.graphqls:4:42 EXTERNAL_REQUIRE_COLLISION Rose.bed is @external and has an argument with @require: another source resolves it, so it requires nothing here.
          also b.graphqls:4:14
          hint: Remove @external: b then resolves the field in place of a. Where further sources resolve it, it must be @shareable in all of them.
        """,
        [("Bed @external @override", "Bed @override")]);

    [Fact]
    public void What_is_resolved_beside_another_source_is_shareable_in_both() => Mend(
        """
        # source a
        type Query { rose: Rose roseById(id: ID!): Rose @lookup }
        type Rose @key(fields: "id") { id: ID! color: String tint: String }
        # source b
        type Query { other(id: ID!): Rose @lookup @internal }
        type Rose @key(fields: "id") { id: ID! tint(color: String @require(field: "color")): String @external }
        """,
        """
        b.graphqls:2:93 EXTERNAL_UNUSED Rose.tint is @external, but no @provides of b provides it and no @key has it.
          hint: Remove @external, and mark the field as @shareable in every source that resolves it, b among them.

        b.graphqls:2:93 EXTERNAL_REQUIRE_COLLISION Rose.tint is @external and has an argument with @require: another source resolves it, so it requires nothing here.
          also b.graphqls:2:59
          hint: Remove @external, and mark the field as @shareable in every source that resolves it, b among them.
        """,
        [("): String @external", "): String @shareable"), ("tint: String", "tint: String @shareable")]);

    [Fact]
    public void What_is_provided_stays_external() => Mend(
        """
        # source a
        type Query { bed: Bed bedById(id: ID!): Bed @lookup }
        type Bed @key(fields: "id") { id: ID! rose: Rose }
        type Rose { color: String scent: String @shareable tint: String }
        # source b
        type Query { best: Bed @provides(fields: "rose { color }") bedById(id: ID!): Bed @lookup @internal }
        type Bed @key(fields: "id") { id: ID! rose: Rose @external @provides(fields: "color tint") @override(from: "a") }
        type Rose { color: String @external tint: String @external scent: String @shareable }
        """,
        """
        b.graphqls:2:50 EXTERNAL_OVERRIDE_COLLISION Bed.rose is @external and has @override: it cannot belong to another source and be taken over from it.
          also b.graphqls:2:92
          hint: Remove @override: b gives the field only where a @provides or a key names it, and for that it stays @external.

        b.graphqls:2:50 EXTERNAL_PROVIDES_COLLISION Bed.rose is @external and has @provides: what another source resolves cannot provide anything here.
          also b.graphqls:2:60
          hint: Remove @provides, and from b what nothing uses then: Rose.tint.
        """,
        [(""" @provides(fields: "color tint") @override(from: "a")""", ""), (" tint: String @external", "")]);

    [Fact]
    public void A_key_stays_external() => Mend(
        """
        # source a
        type Query { rose: Rose roseById(id: ID!): Rose @lookup }
        type Rose @key(fields: "id") { id: ID! color: String }
        # source b
        type Query { other(id: ID!): Rose @lookup @internal }
        type Rose @key(fields: "id") { id: ID! @external @override(from: "a") tint: String }
        """,
        """
        b.graphqls:2:40 EXTERNAL_OVERRIDE_COLLISION Rose.id is @external and has @override: it cannot belong to another source and be taken over from it.
          also b.graphqls:2:50
          hint: Remove @override: b gives the field only where a @provides or a key names it, and for that it stays @external.
        """,
        [(""" @override(from: "a")""", "")]);

    [Fact]
    public void What_Apollo_s_source_resolves_itself_is_not_external() => Mend(
        $$"""
        # source a
        {{Link}}
        type Query { rose: Rose }
        type Rose @key(fields: "id") { id: ID! bed: Bed }
        type Bed @key(fields: "id") { id: ID! row: Int @shareable }
        # source b
        {{Link}}
        type Rose @key(fields: "id") { id: ID! bed: Bed @external @provides(fields: "row") }
        type Bed @key(fields: "id") { id: ID! row: Int @external }
        """,
        """
        b.graphqls:2:49 EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE Rose.bed is @external and has @provides: what another source resolves cannot provide anything here.
          also b.graphqls:2:59
          hint: Remove @external, and mark the field as @shareable in every source that resolves it, b among them.

        b.graphqls:2:49 EXTERNAL_UNUSED Rose.bed is @external, but no @key, @requires or @provides of b uses it.
          hint: Remove @external, and mark the field as @shareable in every source that resolves it, b among them.
        """,
        [("bed: Bed @external", "bed: Bed @shareable"), ("bed: Bed }", "bed: Bed @shareable }")]);

    [Fact]
    public void What_Apollo_s_source_requires_stays_external() => Mend(
        $$"""
        # source a
        {{Link}}
        type Query { rose: Rose }
        type Rose @key(fields: "id") { id: ID! bed: Bed }
        type Bed @key(fields: "id") { id: ID! row: Int column: Int }
        # source b
        {{Link}}
        type Rose @key(fields: "id") { id: ID! bed: Bed @external @provides(fields: "row column") place: String @requires(fields: "bed { row }") }
        type Bed @key(fields: "id") { id: ID! row: Int @external column: Int @external }
        """,
        """
        b.graphqls:2:49 EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE Rose.bed is @external and has @provides: what another source resolves cannot provide anything here.
          also b.graphqls:2:59
          hint: Remove @provides, and from b what nothing uses then: Bed.column.
        """,
        [(""" @provides(fields: "row column")""", ""), (" column: Int @external", "")]);

    [Fact]
    public void What_Apollo_s_source_requires_is_not_taken_over() => Mend(
        $$"""
        # source a
        {{Link}}
        type Query { rose: Rose }
        type Rose @key(fields: "id") { id: ID! color: String }
        # source b
        {{Link}}
        type Rose @key(fields: "id") { id: ID! color: String @external @override(from: "a") tint: String @requires(fields: "color") }
        """,
        """
        b.graphqls:2:64 OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE Rose.color has @override and is @external: it cannot be taken over and belong to another source.
          hint: Remove @override: b uses the field as another source's, and for that it stays @external.
        """,
        [(""" @override(from: "a")""", "")]);

    [Fact]
    public void What_Apollo_s_source_does_not_need_is_taken_over_without_external() => Mend(
        $$"""
        # source a
        {{Link}}
        type Query { rose: Rose }
        type Rose @key(fields: "id") { id: ID! color: String }
        # source b
        {{Link}}
        type Rose @key(fields: "id") { id: ID! color: String @external @override(from: "a") }
        """,
        """
        b.graphqls:2:54 EXTERNAL_UNUSED Rose.color is @external, but no @key, @requires or @provides of b uses it.
          hint: Remove @external: b then resolves the field in place of a. Where further sources resolve it, it must be @shareable in all of them.
        """,
        [("String @external", "String")]);

    private static void Mend(string sources, string problems, (string From, string To)[] mends)
    {
        Assert.Equal(problems, Rule.Text(Rule.Compose(sources)));
        var mended = mends.Aggregate(sources, (text, mend) =>
        {
            Assert.Contains(mend.From, text, StringComparison.Ordinal);
            return text.Replace(mend.From, mend.To, StringComparison.Ordinal);
        });
        Assert.Equal("", Rule.Text(Rule.Compose(mended)));
    }
}
