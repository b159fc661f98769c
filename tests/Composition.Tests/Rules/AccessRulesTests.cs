using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class AccessRulesTests
{
    [Fact]
    public void Alternatives_of_several_sources_multiply_as_far_as_they_can_be_held_against_each_other()
    {
        Rule.CheckApollo(
            good: Scopes("a", 30) + Scopes("b", 30),
            bad: Scopes("a", 101) + Scopes("b", 101),
            problems:
                """
                a.graphqls:3:1 UNSUPPORTED_FEATURE With T the alternatives of @requiresScopes and @policy are too many to be held against each other: those of several sources, and of an interface's objects, multiply.
                  also b.graphqls:3:1
                  hint: Require the same of T in all sources, or with fewer alternatives.
                """);
    }

    // In the order of the second one, and one of them twice.
    [Fact]
    public void Alternatives_that_several_sources_have_are_counted_once()
    {
        var texts = Rule.ComposedTypes(Scopes("a", 3) + Scopes("b", 3, Enumerable.Range(0, 3).Select(i => $"a{2 - i}").Append("a1")));
        Assert.Contains("type T @requiresScopes(scopes: [[\"a0\"], [\"a1\"], [\"a2\"]])", texts, StringComparison.Ordinal);
        string[] many = [.. Enumerable.Range(0, 3_000).Select(i => $"a{i % 2_000}")];
        Assert.Equal("", Rule.Text(Rule.Compose(string.Concat("abcdefgh".Select(source => Scopes(source.ToString(), 0, source == 'a' ? many : many.Reverse()))), SourceDialect.Apollo)));

        // What each has alone multiplies with what the others have alone.
        texts = Rule.ComposedTypes(Scopes("a", 0, ["x", "y", "a"]) + Scopes("b", 0, ["b", "y", "x"]));
        Assert.Contains("type T @requiresScopes(scopes: [[\"x\"], [\"y\"], [\"a\", \"b\"]])", texts, StringComparison.Ordinal);
    }

    // 9,801 of them are held against each other all the same where each is one scope.
    [Fact]
    public void Alternatives_that_are_long_count_as_what_they_need()
    {
        string Long(string source) => Scopes(source, 0, Enumerable.Range(0, 99).Select(i => string.Join("\", \"", Enumerable.Range(0, 100).Select(j => $"{source}{i}_{j}"))));
        Assert.Equal(
            """
            a.graphqls:3:1 UNSUPPORTED_FEATURE With T the alternatives of @requiresScopes and @policy are too many to be held against each other: those of several sources, and of an interface's objects, multiply.
              also b.graphqls:3:1
              hint: Require the same of T in all sources, or with fewer alternatives.
            """,
            Rule.Text(Rule.Compose(Long("a") + Long("b"), SourceDialect.Apollo)));
        Assert.Equal("", Rule.Text(Rule.Compose(Long("a") + Long("a").Replace("# source a", "# source b", StringComparison.Ordinal), SourceDialect.Apollo)));
    }

    // There are as many names as objects times their interfaces.
    [Fact]
    public void Who_may_see_what_is_no_longer_asked_when_nobody_wants_it()
    {
        var problems = new ProblemSink();
        var sources = new SourceSet(SourceReader.Read(Rule.Sources(Scopes("a", 1), new SourceSettings()), problems));
        var merged = SchemaMerger.Merge(sources, problems);
        Assert.False(AccessMerger.Merge(merged, default).IsEmpty);
        Assert.Throws<OperationCanceledException>(() => AccessMerger.Merge(merged, new CancellationToken(canceled: true)));
    }

    private static string Scopes(string source, int count, IEnumerable<string>? alternatives = null) => $$"""
        # source {{source}}
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@requiresScopes", "@shareable"])
        type Query { t: T @shareable }
        type T @requiresScopes(scopes: [{{string.Join(", ", (alternatives ?? Enumerable.Range(0, count).Select(i => $"{source}{i}")).Select(scope => $"[\"{scope}\"]"))}}]) { x: Int @shareable }

        """;

    [Fact]
    public void Who_may_see_a_value_its_object_says() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
            type Query { plant: Plant }
            interface Plant { id: ID! price: Int }
            type Rose implements Plant { id: ID! price: Int @authenticated }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
            type Query { plant: Plant }
            interface Plant { id: ID! price: Int @authenticated }
            type Rose implements Plant { id: ID! price: Int }
            """,
        problems:
            """
            a.graphqls:3:38 AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE Plant.price has @authenticated, and belongs to an interface: who may see a value depends on what object it is.
              hint: Move the directive to the objects that implement the interface; the interface is protected as they are.
            """);

    [Fact]
    public void A_source_of_Composite_Schemas_defines_the_directives_as_they_are_understood() => Rule.Check(
        good:
            """
            # source a
            directive @authenticated on FIELD_DEFINITION
            directive @requiresScopes(scopes: [[Scope!]!]!) on FIELD_DEFINITION
            scalar Scope
            type Query { a: Int @authenticated @requiresScopes(scopes: [["a", "b"]]) }
            # source b
            directive @policy(policies: [[String!]!]!) on OBJECT | INTERFACE | SCALAR | ENUM
            type Query { b: Int }
            """,
        bad:
            """
            # source a
            directive @authenticated(role: String) on FIELD_DEFINITION
            directive @requiresScopes(scopes: [String!]!) on FIELD_DEFINITION
            directive @policy on FIELD_DEFINITION
            type Query { a: Int @authenticated(role: "admin") @requiresScopes(scopes: ["a", "b"]) @policy }
            # source b
            directive @requiresScopes(scopes: [[String!]!]!) repeatable on FIELD_DEFINITION
            type Query { b: Int @requiresScopes(scopes: [["a"]]) @requiresScopes(scopes: [["b"]]) }
            # source c
            directive @requiresScopes(scopes: [[String!]!]! = [["x"]]) on FIELD_DEFINITION
            directive @policy(policies: [[String!]!]) on FIELD_DEFINITION
            directive @authenticated on FIELD_DEFINITION | ARGUMENT_DEFINITION
            type Query { c(secret: Int @authenticated): Int @requiresScopes @policy }
            # source d
            directive @policy(policies: [[String]!]!) on FIELD_DEFINITION
            type Query { d: Int @policy(policies: [[null]]) }
            """,
        problems:
            """
            a.graphqls:1:26 TYPE_DEFINITION_INVALID @authenticated is defined with the argument "role", which the gateway does not know: nobody would be held to it.
              hint: Write "directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM", or give your directive another name.

            a.graphqls:2:27 TYPE_DEFINITION_INVALID @requiresScopes is defined with the argument "scopes: [String!]!", which must be [[String!]!]!.
              hint: Write "directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM", or give your directive another name.

            a.graphqls:3:1 TYPE_DEFINITION_INVALID @policy is defined without its argument "policies: [[String!]!]!".
              hint: Write "directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM", or give your directive another name.

            b.graphqls:1:1 TYPE_DEFINITION_INVALID @requiresScopes is defined as repeatable: only one of several on a member would count.
              hint: Write "directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM", or give your directive another name.

            c.graphqls:1:51 TYPE_DEFINITION_INVALID @requiresScopes is defined with a default for "scopes": a member that leaves it out would ask for nothing.
              hint: Write "directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM", or give your directive another name.

            c.graphqls:2:19 TYPE_DEFINITION_INVALID @policy is defined with the argument "policies: [[String!]!]", which must be [[String!]!]!.
              hint: Write "directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM", or give your directive another name.

            c.graphqls:3:48 TYPE_DEFINITION_INVALID @authenticated is defined on ARGUMENT_DEFINITION, where nobody would be held to it.
              hint: Write "directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM", or give your directive another name.

            d.graphqls:1:19 TYPE_DEFINITION_INVALID @policy is defined with the argument "policies: [[String]!]!", which must be [[String!]!]!.
              hint: Write "directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM", or give your directive another name.
            """);

    [Fact]
    public void What_is_computed_from_the_protected_is_protected() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! cost: Int @authenticated }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@authenticated"])
            type Rose @key(fields: "id") { id: ID! cost: Int @external price: Int @requires(fields: "cost") @authenticated }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! cost: Int @authenticated }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])
            type Rose @key(fields: "id") { id: ID! cost: Int @external price: Int @requires(fields: "cost") }
            """,
        problems:
            """
            b.graphqls:2:71 MISSING_TRANSITIVE_AUTH_REQUIREMENTS Rose.price is computed from Rose.cost (@requires), which not everybody may see, and Rose.price itself is less protected.
              also b.graphqls:2:60
              hint: Give Rose.price at least the @authenticated, @requiresScopes and @policy of Rose.cost.
            """);
}
