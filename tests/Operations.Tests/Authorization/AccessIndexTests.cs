using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Operations.Tests.Authorization;

/// <summary>What a graph requires of those who see a field: its own directives, its types', and those of all that it is computed from.</summary>
public sealed class AccessIndexTests
{
    private const string Header = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { A @gateway__source(name: "a", dialect: APOLLO) B @gateway__source(name: "b", dialect: APOLLO) }
        directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM

        """;

    [Fact]
    public void A_graph_without_directives_requires_nothing()
    {
        var index = Index("type Query @gateway__type(in: A) { rose: Int @gateway__field(in: A) }");
        Assert.True(index.IsEmpty);
        Assert.Empty(index.OfField("Query", "rose"));
    }

    [Fact]
    public void A_field_requires_what_it_its_type_and_what_it_returns_require() => Check(
        Header + """
        type Query @gateway__type(in: A) {
          rose: Rose @policy(policies: [["open"]]) @gateway__field(in: A)
          date: Date @gateway__field(in: A)
          dates: [[Date!]!]! @requiresScopes(scopes: [["dates"]]) @gateway__field(in: A)
        }
        type Rose @authenticated @gateway__type(in: A) { name: String @requiresScopes(scopes: [["a", "b"], ["c"]]) @gateway__field(in: A) twin: Rose @gateway__field(in: A) }
        scalar Date @requiresScopes(scopes: [["time"]]) @gateway__type(in: A)
        """,
        """
        Query.rose: @policy(policies: [["open"]]) @authenticated
        Query.date: @requiresScopes(scopes: [["time"]])
        Query.dates: @requiresScopes(scopes: [["dates"]]) @requiresScopes(scopes: [["time"]])
        Rose.name: @authenticated @requiresScopes(scopes: [["a", "b"], ["c"]])
        Rose.twin: @authenticated
        """);

    [Fact]
    public void What_is_computed_from_protected_fields_by_whatever_source_requires_what_they_require() => Check(
        Header + """
        type Query @gateway__type(in: A) { rose: Rose @gateway__field(in: A) }
        type Rose @gateway__type(in: [A, B]) @gateway__key(in: [A, B], fields: "id") @gateway__lookup(in: B, key: "id") {
          id: ID! @gateway__field(in: [A, B])
          cost: Int @requiresScopes(scopes: [["cost"]]) @gateway__field(in: A) @gateway__field(in: B, external: true)
          margin: Int @gateway__field(in: B, requires: "cost")
          twice: Int @gateway__field(in: A, requires: "margin") @gateway__field(in: B)
          round: Int @gateway__field(in: A, requires: "circle")
          circle: Int @gateway__field(in: B, requires: "round")
          owner: Owner @gateway__field(in: A)
          label: String @gateway__field(in: B, requires: "owner { ... on Person { name } }")
          plants: String @gateway__field(in: B, requires: "owner { name }")
        }
        interface Owner @gateway__type(in: A) { name: String @gateway__field(in: A) }
        type Person implements Owner @gateway__type(in: A) @gateway__implements(in: A, interface: "Owner") { name: String @authenticated @gateway__field(in: A) }
        type Firm implements Owner @gateway__type(in: A) @gateway__implements(in: A, interface: "Owner") { name: String @policy(policies: [["firms"]]) @gateway__field(in: A) }
        """,
        """
        Rose.cost: @requiresScopes(scopes: [["cost"]])
        Rose.margin: @requiresScopes(scopes: [["cost"]])
        Rose.twice: @requiresScopes(scopes: [["cost"]])
        Rose.label: @authenticated
        Rose.plants: @authenticated @policy(policies: [["firms"]])
        Person.name: @authenticated
        Firm.name: @policy(policies: [["firms"]])
        """);

    [Fact]
    public void What_takes_a_context_requires_what_it_reads_there() => Check(
        Header + """
        type Query @gateway__type(in: A) { bed: Bed @gateway__field(in: A) }
        type Bed @authenticated @gateway__type(in: A) @gateway__context(in: A, name: "bed") {
          soil: String @requiresScopes(scopes: [["soil"]]) @gateway__field(in: A)
          rose: Rose @gateway__field(in: A)
        }
        type Rose @gateway__type(in: A) {
          height: Int @gateway__field(in: A, contextArguments: [{name: "soil", type: "String", context: "bed", selection: "soil"}])
        }
        """,
        """
        Query.bed: @authenticated
        Bed.soil: @authenticated @requiresScopes(scopes: [["soil"]])
        Bed.rose: @authenticated
        Rose.height: @authenticated @requiresScopes(scopes: [["soil"]])
        """);

    [Fact]
    public void In_a_ready_made_graph_what_an_interface_object_gives_to_objects_requires_what_it_requires_there() => Check(
        """
        schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
          @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY) { query: Query }
        directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
        directive @join__graph(name: String!, url: String!) on ENUM_VALUE
        directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
        directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
        directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
        directive @requiresScopes(scopes: [[requiresScopes__Scope!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        scalar join__FieldSet
        scalar link__Import
        scalar requiresScopes__Scope
        enum link__Purpose { SECURITY EXECUTION }
        enum join__Graph { A @join__graph(name: "a", url: "http://a") B @join__graph(name: "b", url: "http://b") }
        type Query @join__type(graph: A) @join__type(graph: B) { plants: [Plant] @join__field(graph: A) }
        interface Plant @join__type(graph: A, key: "id") @join__type(graph: B, key: "id", isInterfaceObject: true) {
          id: ID!
          price: Int @requiresScopes(scopes: [["price"]]) @join__field(graph: B)
        }
        type Rose implements Plant @join__implements(graph: A, interface: "Plant") @join__type(graph: A, key: "id") {
          id: ID! @join__field(graph: A)
          price: Int @join__field
        }
        """,
        """
        Plant.price: @requiresScopes(scopes: [["price"]])
        Rose.price: @requiresScopes(scopes: [["price"]])
        """);

    [Fact]
    public void What_one_object_of_an_interface_requires_is_not_required_of_others_because_of_an_interface_object() => Check(
        Header + """
        type Query @gateway__type(in: A) { plants: [Plant] @gateway__field(in: A) }
        interface Plant @gateway__type(in: A) @gateway__type(in: B, interfaceObject: true) @gateway__key(in: [A, B], fields: "id") @gateway__lookup(in: B, key: "id") {
          id: ID! @authenticated @requiresScopes(scopes: [["price"]]) @gateway__field(in: [A, B])
          price: Int @requiresScopes(scopes: [["price"]]) @gateway__field(in: B)
        }
        type Rose implements Plant @gateway__type(in: A) @gateway__implements(in: A, interface: "Plant") @gateway__key(in: A, fields: "id") {
          id: ID! @requiresScopes(scopes: [["price"]]) @gateway__field(in: A)
          price: Int @requiresScopes(scopes: [["price"]])
        }
        type Oak implements Plant @gateway__type(in: A) @gateway__implements(in: A, interface: "Plant") @gateway__key(in: A, fields: "id") {
          id: ID! @authenticated @gateway__field(in: A)
          price: Int @requiresScopes(scopes: [["price"]])
        }
        """,
        """
        Plant.id: @authenticated @requiresScopes(scopes: [["price"]])
        Plant.price: @requiresScopes(scopes: [["price"]])
        Rose.id: @requiresScopes(scopes: [["price"]])
        Rose.price: @requiresScopes(scopes: [["price"]])
        Oak.id: @authenticated
        Oak.price: @requiresScopes(scopes: [["price"]])
        """);

    private static void Check(string sdl, string expected)
    {
        var read = Read(sdl);
        var index = AccessIndex.Of(read);
        var lines = read.Types.SelectMany(type => type.Fields.Select(field => (type.Name, Field: field.Name)))
            .Select(field => (Text: $"{field.Name}.{field.Field}", Numbers: index.OfField(field.Name, field.Field)))
            .Where(field => !field.Numbers.IsEmpty)
            .Select(field => $"{field.Text}: {string.Join(' ', field.Numbers.SelectMany(number => index.Requirements[number].ToDirectives()).Select(Printer.Print))}");
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', lines));
    }

    private static AccessIndex Index(string sdl) => AccessIndex.Of(Read(Header + sdl));

    private static Supergraph Read(string sdl)
    {
        var result = SupergraphReader.Read(new SourceText(sdl));
        Assert.Empty(result.Errors);
        return result.Supergraph!;
    }
}
