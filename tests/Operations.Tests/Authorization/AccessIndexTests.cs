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
        """
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
        """
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
        """
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
    public void What_an_interface_object_gives_to_objects_requires_what_it_requires_there() => Check(
        """
        type Query @gateway__type(in: A) { plants: [Plant] @gateway__field(in: A) }
        interface Plant @gateway__type(in: A) @gateway__type(in: B, interfaceObject: true) @gateway__key(in: [A, B], fields: "id") @gateway__lookup(in: B, key: "id") {
          id: ID! @gateway__field(in: [A, B])
          price: Int @requiresScopes(scopes: [["price"]]) @gateway__field(in: B)
        }
        type Rose implements Plant @gateway__type(in: A) @gateway__implements(in: A, interface: "Plant") @gateway__key(in: A, fields: "id") {
          id: ID! @gateway__field(in: A)
          price: Int
        }
        """,
        """
        Plant.price: @requiresScopes(scopes: [["price"]])
        Rose.price: @requiresScopes(scopes: [["price"]])
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

    private static AccessIndex Index(string sdl) => AccessIndex.Of(Read(sdl));

    private static Supergraph Read(string sdl)
    {
        var result = SupergraphReader.Read(new SourceText(Header + sdl));
        Assert.Empty(result.Errors);
        return result.Supergraph!;
    }
}
