using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>Ready-made supergraphs with one thing wrong: each is refused, at its place.</summary>
public sealed class MalformedSupergraphTests
{
    private const string Join = """
        schema @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query }
        enum join__Graph {
          A @join__graph(name: "a", url: "http://a.test/graphql")
          B @join__graph(name: "b", url: "http://b.test/graphql")
        }
        type Query @join__type(graph: A) @join__type(graph: B) {
          me: User @join__field(graph: A)
          any: Any @join__field(graph: A)
        }
        interface Node @join__type(graph: A) { id: ID! }
        type User implements Node
          @join__implements(graph: A, interface: "Node")
          @join__type(graph: A, key: "id")
          @join__type(graph: B, key: "id")
        {
          id: ID!
          name: String @join__field(graph: A) @join__field(graph: B, external: true)
          score: Int @join__field(graph: B, requires: "name")
        }
        union Any @join__type(graph: A) @join__unionMember(graph: A, member: "User") = User
        enum Kind @join__type(graph: A) { X @join__enumValue(graph: A) }

        """;

    private const string Canonical = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          A @gateway__source(name: "a", dialect: APOLLO)
          B @gateway__source(name: "b", dialect: COMPOSITE)
        }
        type Query @gateway__type(in: [A, B]) {
          me: User @gateway__field(in: A)
        }
        type User
          @gateway__type(in: [A, B])
          @gateway__key(in: [A, B], fields: "id")
          @gateway__lookup(in: A, key: "id")
        {
          id: ID! @gateway__field(in: [A, B])
          score: Int @gateway__field(in: B, external: false)
        }
        """;

    private const string Fusion = """
        schema { query: Query }
        enum fusion__Schema {
          A @fusion__schema_metadata(name: "a")
          B @fusion__schema_metadata(name: "b")
        }
        type Query @fusion__type(schema: A) {
          user(id: ID! @fusion__inputField(schema: A)): User @fusion__field(schema: A)
        }
        type User
          @fusion__type(schema: A)
          @fusion__lookup(schema: A, key: "id", field: "user(id: ID!): User", map: ["id"], internal: false)
        {
          id: ID! @fusion__field(schema: A)
          name: String @fusion__field(schema: A, partial: false)
        }
        """;

    [Theory]
    [InlineData("  B @join__graph(name: \"b\"", "  B @join__graph(name: \"a\"", "4:3 Two sources are named \"a\"; each needs a name of its own.")]
    [InlineData("  B @join__graph(name: \"b\"", "  B @join__graph(name: \"\"", "4:3 The source B has an empty name.")]
    [InlineData("  B @join__graph(", "  A @join__graph(", "4:3 join__Graph has the value A twice.")]
    [InlineData("enum join__Graph {", "enum Graph {", "1:1 The supergraph names no source: the enum join__Graph is missing. Compose it again.")]
    [InlineData("url: \"http://b.test/graphql\"", "url: 5", "4:34 The argument \"url\" of @join__graph must be a string, not 5.")]
    [InlineData("@join__type(graph: B, key: \"id\")", "@join__type(key: \"id\")", "14:3 @join__type needs the argument \"graph\", the name of one source.")]
    [InlineData("graph: B, key: \"id\"", "graph: B, key: 5", "14:30 The argument \"key\" of @join__type must be a string, not 5.")]
    [InlineData("graph: B, key: \"id\"", "graph: [A, B], key: \"id\"", "14:22 The argument \"graph\" of @join__type must be the name of one source, not [A, B].")]
    [InlineData(
        "graph: B, key: \"id\"", "graph: B, key: \"id\", resolvable: \"false\"",
        "14:48 The argument \"resolvable\" of @join__type must be true or false, not \"false\".")]
    [InlineData(
        "graph: B, key: \"id\"", "graph: B, key: \"id\", guard: 1",
        "14:36 @join__type has no argument \"guard\" that this version knows; because it can change what a field means, it cannot be ignored.")]
    [InlineData(
        "graph: B, key: \"id\"", "graph: B, key: \"id\", key: \"name\"",
        "14:36 @join__type has the argument \"key\" twice.")]
    [InlineData(
        "enum Kind ", "enum Kind @join__guard ",
        "21:11 @join__guard is not known to this version; because it can change what a field means, it cannot be ignored.")]
    [InlineData("requires: \"name\"", "requires: [\"name\"]", "18:47 The argument \"requires\" of @join__field must be a string, not [\"name\"].")]
    [InlineData("external: true", "external: \"true\"", "17:72 The argument \"external\" of @join__field must be true or false, not \"true\".")]
    [InlineData("requires: \"name\"", "contextArguments: \"x\"", "18:55 The argument \"contextArguments\" of @join__field must be a list, each an object, not \"x\".")]
    [InlineData("requires: \"name\"", "type: \"Money!\"", "18:3 The type of User.score in b is said to be Money!, but there is no type Money.")]
    [InlineData("requires: \"name\")", "requires: \"name\") @join__field(graph: B)", "18:3 User.score names the source b twice.")]
    [InlineData("interface: \"Node\"", "interface: \"Nod\"", "11:1 User is said to implement Nod in a, but does not implement it.")]
    [InlineData("member: \"User\"", "member: \"Usr\"", "20:1 Usr is said to be a member of Any in a, but is none.")]
    [InlineData("X @join__enumValue(graph: A)", "X @join__enumValue", "21:37 @join__enumValue needs the argument \"graph\", the name of one source.")]
    [InlineData("{ id: ID! }", "{ id: ID! @join__field(graph: B) }", "10:40 Node.id is said to be served by b, but Node has no @join__type of that source.")]
    [InlineData("union Any @join__type(graph: A) @join__unionMember(graph: A, member: \"User\")", "union Any", "8:3 Query.any is said to be served by a, but its type Any has no @join__type of that source.")]
    [InlineData("enum Kind", "extend type User @join__type(graph: A) { more: Int }\nenum Kind", "21:1 The supergraph extends the type User; a supergraph has each type in one piece: move what is added into the type.")]
    [InlineData(
        "for: EXECUTION)", "for: EXECUTION) @link(url: \"https://acme.test/policy/v0.1\", for: SECURITY)",
        "1:73 The supergraph uses the feature \"policy\" (https://acme.test/policy/v0.1), which this version does not know; because it is marked as necessary for security or execution it cannot be ignored.")]
    [InlineData("graph: B, key: \"id\"", "graph: B, key: \"sku\"", "14:25 \"key\" of @join__type: User has no field \"sku\".")]
    [InlineData("requires: \"name\"", "requires: \"name age\"", "18:37 \"requires\" of @join__field: User has no field \"age\".")]
    [InlineData("requires: \"name\"", "requires: \"name ... on Usr { id }\"", "18:37 \"requires\" of @join__field: There is no type Usr.")]
    [InlineData("me: User @join__field(graph: A)", "me: User @join__field(graph: A, provides: \"me\")", "7:35 \"provides\" of @join__field: User has no field \"me\".")]
    [InlineData(
        "me: User @join__field(graph: A)", "me: User @join__field(graph: A) @join__type(graph: A)",
        "7:35 @join__type means nothing on FIELD_DEFINITION, only on OBJECT or INTERFACE or UNION or ENUM or INPUT_OBJECT or SCALAR.")]
    public void One_of_Apollo_is_refused_at_the_place(string old, string @new, string error) => Refused(Join, old, @new, error);

    [Theory]
    [InlineData("name: \"b\"", "name: \"a\"", "4:3 Two sources are named \"a\"; each needs a name of its own.")]
    [InlineData("dialect: COMPOSITE", "dialect: FUSION", "4:42 The argument \"dialect\" of @gateway__source must be COMPOSITE or APOLLO, not FUSION.")]
    [InlineData("dialect: COMPOSITE", "dialect: COMPOSITE, batching: [ALL]", "4:63 The argument \"batching\" of @gateway__source must be a list, each VARIABLES or REQUESTS or ALIASES, not [ALL].")]
    [InlineData("@gateway__lookup(in: A,", "@gateway__lookup(in: [A, B],", "12:24 The argument \"in\" of @gateway__lookup must be the name of one source, not [A, B].")]
    [InlineData("external: false", "external: FALSE", "15:47 The argument \"external\" of @gateway__field must be true or false, not FALSE.")]
    [InlineData("@gateway__field(in: B, external: false)", "@gateway__fields(in: B)", "15:14 @gateway__fields is not known to this version; because it can change what a field means, it cannot be ignored.")]
    [InlineData("type User\n  @gateway__type(in: [A, B])", "type User\n  @gateway__type(in: A)", "14:3 User.id is said to be served by b, but User has no @gateway__type of that source.;15:3 User.score is said to be served by b, but User has no @gateway__type of that source.")]
    [InlineData("type User\n", "extend type User { more: Int }\ntype User\n", "9:1 The supergraph extends the type User; a supergraph has each type in one piece: move what is added into the type.")]
    [InlineData("fields: \"id\"", "fields: \"id sku\"", "11:29 \"fields\" of @gateway__key: User has no field \"sku\".")]
    [InlineData("in: A, key: \"id\"", "in: A, key: \"id { code }\"", "12:27 \"key\" of @gateway__lookup: There is no type ID.")]
    [InlineData("me: User @gateway__field(in: A)", "me: User @gateway__field(in: A, provides: \"id name\")", "7:35 \"provides\" of @gateway__field: User has no field \"name\".")]
    [InlineData("external: false", "requires: \"id ... on User { name }\"", "15:37 \"requires\" of @gateway__field: User has no field \"name\".")]
    [InlineData(
        "me: User @gateway__field(in: A)", "me: User @gateway__field(in: A) @gateway__lookup(in: A, key: \"id\")",
        "7:35 @gateway__lookup means nothing on FIELD_DEFINITION, only on OBJECT or INTERFACE or UNION.")]
    [InlineData("me: User ", "me(a: Int @gateway__field(in: A)): User ", "7:13 @gateway__field means nothing on ARGUMENT_DEFINITION, only on FIELD_DEFINITION.")]
    [InlineData("type User\n", "type User @gateway__field(in: A)\n", "9:11 @gateway__field means nothing on OBJECT, only on FIELD_DEFINITION.")]
    [InlineData("type User\n  @gateway__type(in: [A, B])", "type User\n  @gateway__type(in: [A, B]) @gateway__type(in: B)", "10:30 User names the source b twice.")]
    [InlineData(
        "me: User @gateway__field(in: A)", "me: User @gateway__field(in: A) @gateway__node @gateway__node",
        "7:50 @gateway__node stands there twice, and it can be said once.")]
    [InlineData(
        " @gateway__field(in: B, external: false)", "",
        "15:3 Nothing says who has User.score: it needs @gateway__field, or @gateway__node where the gateway answers it.")]
    public void The_canonical_form_edited_by_hand_is_refused_at_the_place(string old, string @new, string error) => Refused(Canonical, old, @new, error);

    [Theory]
    [InlineData("name: \"b\"", "name: \"a\"", "4:3 Two sources are named \"a\"; each needs a name of its own.")]
    [InlineData("partial: false", "partial: \"no\"", "14:51 The argument \"partial\" of @fusion__field must be true or false, not \"no\".")]
    [InlineData("partial: false", "sourceName: \"fullName\"", "14:16 name is called fullName in its source, which this version does not read; call it by that name in the source.")]
    [InlineData("partial: false", "sourceType: \"Money\"", "14:3 The type of User.name in a is said to be Money, but there is no type Money.")]
    [InlineData("key: \"id\", field", "key: 1, field", "11:35 The argument \"key\" of @fusion__lookup must be a string, not 1.")]
    [InlineData("schema: A, partial: false", "schema: B", "14:3 User.name is said to be served by b, but User has no @fusion__type of that source.")]
    public void One_of_Fusion_is_refused_at_the_place(string old, string @new, string error) => Refused(Fusion, old, @new, error);

    [Theory]
    [InlineData(Join)]
    [InlineData(Canonical)]
    [InlineData(Fusion)]
    public void As_it_stands_it_is_read(string text) => Assert.Empty(SupergraphReader.Read(new SourceText(text)).Errors);

    [Fact]
    public void Names_for_the_specifications_are_known_whatever_they_are()
    {
        var link = Join.Replace("schema @link(", "schema @uses(url: \"https://specs.apollo.dev/link/v1.0\", as: \"uses\") @uses(", StringComparison.Ordinal);
        var core = Join.Replace("schema @link(url:", "schema @uses(feature: \"https://specs.apollo.dev/core/v0.2\", as: \"uses\") @uses(feature:", StringComparison.Ordinal);
        var join = Join.Replace("join__", "graphs__", StringComparison.Ordinal).Replace("for:", "as: \"graphs\", for:", StringComparison.Ordinal);

        var expected = Written(Join);
        Assert.Equal(expected, Written(link));
        Assert.Equal(expected, Written(core));
        Assert.Equal(expected, Written(join));
        Assert.Equal(expected, Written(Join.Replace("v0.5", "v0.5/", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_key_that_is_said_twice_is_one_key() => Assert.Equal(
        Written(Join),
        Written(Join.Replace("@join__type(graph: B, key: \"id\")", "@join__type(graph: B, key: \"id\") @join__type(graph: B, key: \"id\")", StringComparison.Ordinal)));

    [Fact]
    public void What_a_specification_has_beside_what_is_imported_is_known_and_not_shown()
    {
        var text = Join
            .Replace("for: EXECUTION)", "for: EXECUTION) @link(url: \"https://specs.apollo.dev/cost/v0.1\") @link(url: \"https://specs.apollo.dev/policy/v0.1\", as: \"rules\", for: SECURITY)", StringComparison.Ordinal)
            .Replace("any: Any", "all: [Int] @cost__listSize(assumedSize: 7) @rules(policies: [[\"a\"]])\n  any: Any", StringComparison.Ordinal)
            + "directive @cost__listSize(assumedSize: Int) on FIELD_DEFINITION\nscalar rules__Policy\ndirective @rules(policies: [[rules__Policy!]!]!) on FIELD_DEFINITION";

        var supergraph = SupergraphReader.Read(new SourceText(text)).Supergraph!;

        Assert.Equal(["listSize", "policy"], supergraph.FullSchema.QueryType!.FindField("all")!.Directives.Select(directive => directive.Name.Value));
        Assert.Null(supergraph.PublicSchema.FindDirective("cost__listSize"));
        Assert.Null(supergraph.PublicSchema.FindType("rules__Policy"));
    }

    [Theory]
    [InlineData("join/v0.5", "join/v0.6", "1:8 The supergraph uses version 0.6 of Apollo's join specification; versions 0.1 to 0.5 are read. Compose it with another version of Apollo's composition, or compose the source schemas with graphgateway.")]
    public void A_version_that_is_not_read_is_told_at_its_place(string old, string @new, string error) => Refused(Join, old, @new, error);

    private static string Written(string text)
    {
        var result = SupergraphReader.Read(new SourceText(text));
        Assert.Empty(result.Errors.Select(error => error.Message));
        return SupergraphWriter.Write(result.Supergraph!);
    }

    private static void Refused(string text, string old, string @new, string error)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        var at = text.IndexOf(old, StringComparison.Ordinal);

        var result = SupergraphReader.Read(new SourceText(text[..at] + @new + text[(at + old.Length)..]));

        Assert.Null(result.Supergraph);
        Assert.Equal(error, string.Join(';', result.Errors.Select(it => $"{it.Locations[0].Line}:{it.Locations[0].Column} {it.Message}")));
    }
}
