using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class MergeTests
{
    [Fact]
    public void Lookups_become_one_entry_for_each_set_of_fields_that_they_can_be_asked_by() => Assert.Equal(
        """
        type Query
          @gateway__type(in: [CATALOG, SHOP])
        {
          find(by: BookBy!): Book @gateway__field(in: CATALOG)
          books: [Book] @gateway__field(in: SHOP)
        }

        type Book
          @gateway__type(in: [CATALOG, SHOP])
          @gateway__key(in: [CATALOG, SHOP], fields: "isbn")
          @gateway__key(in: CATALOG, fields: "author { name } title")
          @gateway__lookup(in: CATALOG, key: "isbn", field: "find", arguments: [{name: "by", type: "BookBy!", map: "{ isbn }"}])
          @gateway__lookup(in: CATALOG, key: "author { name } title", field: "find", arguments: [{name: "by", type: "BookBy!", map: "{ written: { author: author.name title } }"}])
          @gateway__lookup(in: SHOP, key: "isbn", path: ["entry"], field: "book", arguments: [{name: "number", type: "ID!", map: "isbn"}], internal: true, nonNull: true)
        {
          isbn: ID! @gateway__field(in: [CATALOG, SHOP])
          title: String @gateway__field(in: CATALOG)
          author: Author @gateway__field(in: CATALOG)
          price: Int @gateway__field(in: SHOP)
        }

        type Author
          @gateway__type(in: CATALOG)
        {
          name: String @gateway__field(in: CATALOG)
        }

        input BookBy @oneOf
          @gateway__type(in: CATALOG)
        {
          isbn: ID @gateway__inputField(in: CATALOG)
          written: Written @gateway__inputField(in: CATALOG)
        }

        input Written
          @gateway__type(in: CATALOG)
        {
          author: String @gateway__inputField(in: CATALOG)
          title: String @gateway__inputField(in: CATALOG)
        }
        """,
        Rule.ComposedTypes(
            """
            # source catalog
            type Query { find(by: BookBy! @is(field: "{ isbn } | { written: { author: author.name, title } }")): Book @lookup }
            type Book { isbn: ID! title: String author: Author }
            type Author { name: String }
            input BookBy @oneOf { isbn: ID written: Written }
            input Written { author: String title: String }
            # source shop
            type Query { books: [Book] entry: Entry! @internal }
            type Entry @internal { book(number: ID! @is(field: "isbn")): Book @lookup }
            type Book { isbn: ID! price: Int }
            """));

    [Fact]
    public void Types_descriptions_and_directives_are_merged_as_specified()
    {
        var types = Rule.ComposedTypes(
            """
            # source a
            type Query {
              "From a."
              plants(kind: Kind = TREE, only: Int): [Plant!]! @shareable @cost(weight: "2")
            }
            interface Plant { id: ID! }
            type Tree implements Plant { id: ID! @shareable }
            enum Kind { TREE }
            # source b
            type Query { "From b." plants(kind: Kind!): [Tree] @shareable @cost(weight: "7.5") @deprecated(reason: "Old.") }
            type Tree { id: ID! @shareable }
            enum Kind { TREE }
            """,
            SourceDialect.Composite);

        Assert.StartsWith(
            """
            type Query
              @gateway__type(in: [A, B])
            {
              "From a."
              plants(kind: Kind! = TREE): [Plant] @deprecated(reason: "Old.") @cost(weight: "7.5")
                @gateway__field(in: A, type: "[Plant!]!")
                @gateway__field(in: B, type: "[Tree]")
            }
            """,
            types,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Federation_1_and_2_and_lookups_meet_in_one_graph()
    {
        var types = Rule.ComposedTypes(
            """
            # source one
            type Query { me: User }
            type User @key(fields: "id") { id: ID! name: String }
            scalar _Any
            # source two
            extend type User @key(fields: "id") { id: ID! @external name: String @external greeting: String @requires(fields: "name") }
            # source three
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", {name: "@shareable", as: "@shared"}, "@override"])
            type User @key(fields: "id") { id: ID! mail: String @shared  phone: String @override(from: "four", label: "percent(5)") }
            # source four
            type Query { user(id: ID!): User @lookup }
            type User { id: ID! mail: String @shareable phone: String }
            """);

        Assert.Equal(
            """
            type User
              @gateway__type(in: [ONE, TWO, THREE, FOUR])
              @gateway__key(in: [ONE, TWO, THREE, FOUR], fields: "id")
              @gateway__lookup(in: ONE, key: "id")
              @gateway__lookup(in: TWO, key: "id")
              @gateway__lookup(in: THREE, key: "id")
              @gateway__lookup(in: FOUR, key: "id", field: "user", arguments: [{name: "id", type: "ID!", map: "id"}])
            {
              id: ID! @gateway__field(in: [ONE, TWO, THREE, FOUR])
              name: String
                @gateway__field(in: ONE)
                @gateway__field(in: TWO, external: true)
              greeting: String @gateway__field(in: TWO, requires: "name")
              mail: String @gateway__field(in: [THREE, FOUR])
              phone: String
                @gateway__field(in: THREE, label: "percent(5)", servesWhen: true)
                @gateway__field(in: FOUR, label: "percent(5)", servesWhen: false)
            }
            """,
            types[types.IndexOf("type User", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void What_an_interface_object_serves_every_implementation_has()
    {
        const string Link = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\", import: [\"@key\", \"@interfaceObject\"])";
        var types = Rule.ComposedTypes(
            $$"""
            # source media
            {{Link}}
            type Query { media: [Media] }
            interface Media @key(fields: "id") { id: ID! }
            type Film implements Media @key(fields: "id") { id: ID! title: String }
            # source stars
            {{Link}}
            type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
            """);

        Assert.Contains(
            """
            type Film implements Media
              @gateway__type(in: MEDIA)
              @gateway__implements(in: MEDIA, interface: "Media")
              @gateway__key(in: MEDIA, fields: "id")
              @gateway__lookup(in: MEDIA, key: "id")
              @gateway__lookup(in: STARS, key: "id", typeName: "Media")
            {
              id: ID! @gateway__field(in: [MEDIA, STARS])
              title: String @gateway__field(in: MEDIA)
              stars: Int @gateway__field(in: STARS)
            }
            """,
            types,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SourceDialect.Composite, "Of a")]
    [InlineData(SourceDialect.Apollo, "Of most")]
    public void The_description_of_the_schema_is_kept(SourceDialect dialect, string expected)
    {
        var supergraph = Rule.Compose(
            """
            # source none
            type Query { none: Int }
            # source a
            "Of a"
            schema { query: Query }
            type Query { a: Int }
            # source b
            "Of most"
            schema { query: Query }
            type Query { b: Int }
            # source c
            "Of most"
            schema { query: Query }
            type Query { c: Int }
            """,
            dialect).Supergraph!;

        var written = SupergraphWriter.Write(supergraph);
        var read = SupergraphReader.Read(new SourceText(written)).Supergraph!;

        Assert.Equal(expected, supergraph.PublicSchema.Description);
        Assert.Equal(expected, read.PublicSchema.Description);
        Assert.Contains($"\n\"{expected}\"\nschema @gateway__supergraph(version: 1) {{\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_is_explained() => Assert.All(
        ProblemCodes.All,
        code => Assert.True(ProblemExplanations.Of(ProblemCodes.Parse(code)!.Value).Length > code.Length + 40, code));
}
