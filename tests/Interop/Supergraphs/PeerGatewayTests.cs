using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Interop.Supergraphs;

/// <summary>
/// Nobody is locked in: what we compose runs in npm's @apollo/gateway. The same services answer a peer with our supergraph, a peer with
/// Apollo's own supergraph, and our planner and executor; all three answers are the same.
/// </summary>
public sealed class PeerGatewayTests
{
    private const string Link =
        """extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@tag", "@inaccessible", "@interfaceObject", "@cost", "@listSize"])""";

    public static readonly TheoryData<string, string, string> Graphs = new()
    {
        {
            "entities",
            """
            # source accounts
            type Query { me: User users: [User!] }
            type User @key(fields: "id") @key(fields: "email") { id: ID! email: String! name: String @shareable @tag(name: "public") secret: String @inaccessible }
            # source reviews
            type Query { latest: [Review] }
            type User @key(fields: "email") { email: String! reviews(first: Int = 2): [Review] @listSize(assumedSize: 2, slicingArguments: ["first"]) }
            type Review @key(fields: "id") { id: ID! stars: Int @cost(weight: 3) author: User @provides(fields: "name") product: Product }
            extend type User { name: String @external }
            type Product @key(fields: "id") { id: ID! }
            # source products
            type Query { product(id: ID!): Product }
            type Product @key(fields: "id") { id: ID! title: String size: Size kind: Kind }
            type Size @shareable { width: Int height: Int }
            enum Kind { SMALL LARGE }
            # source shipping
            type Product @key(fields: "id") { id: ID! title: String @external label: String @requires(fields: "title") }
            """,
            """
            { me { id name email } }
            { users { name reviews { stars author { id name } product { id title kind size { width } } } } }
            { latest { author { email reviews(first: 1) { id } } product { label } } }
            { product(id: "p") { label title size { height } } }
            """
        },
        {
            "abstract types",
            """
            # source catalogue
            type Query { items: [Item] found: [Found] item: Item }
            interface Item @key(fields: "id") { id: ID! name: String }
            type Book implements Item @key(fields: "id") { id: ID! name: String pages: Int }
            type Film implements Item @key(fields: "id") { id: ID! name: String minutes: Int @deprecated(reason: "Watch it.") }
            union Found = Book | Film
            # source ratings
            type Item @key(fields: "id") @interfaceObject { id: ID! rating: Int! }
            # source shops
            type Query { offers: [Offer] }
            type Offer { price: Float book: Book }
            type Book @key(fields: "id") { id: ID! shelf: String }
            """,
            """
            { items { __typename id name rating } }
            { item { rating ... on Book { pages shelf } ... on Film { minutes } } }
            { found { ... on Book { name shelf rating } ... on Film { id name } } }
            { offers { price book { name pages rating } } }
            """
        },
        {
            "moved fields and narrower types",
            """
            # source old
            type Query { order: Order! orders: [Order] }
            type Order @key(fields: "id") { id: ID! total: Int state: State note: String }
            enum State { OPEN CLOSED }
            type Mutation { close(id: ID!, in: Close): Order }
            input Close { reason: String! silent: Boolean = false }
            # source new
            type Query { state: State @shareable }
            type Order @key(fields: "id") { id: ID! total: Int @override(from: "old") state: State! @override(from: "old", label: "percent(100)") }
            enum State { OPEN CLOSED }
            type Mutation { open: Order }
            """,
            """
            { order { id total note } orders { total } }
            mutation { close(id: "1", in: {reason: "x"}) { id note total } }
            { state }
            """
        },
        {
            "directives of teams' own",
            """
            # source gardens
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@composeDirective"])
              @link(url: "https://example.org/care/v1.0", import: ["@note", {name: "@care", as: "@tended"}])
              @composeDirective(name: "@tended") @composeDirective(name: "@note")
              @note
            directive @tended(level: Level) repeatable on FIELD_DEFINITION | OBJECT
            directive @note on SCHEMA | ENUM_VALUE
            enum Level { LOW @note HIGH }
            type Query { bed: Bed }
            type Bed @key(fields: "id") @tended(level: HIGH) @tended(level: LOW) { id: ID! soil: String @tended }
            # source colours
            type Bed @key(fields: "id") { id: ID! color: String }
            """,
            """
            { bed { soil color } }
            """
        },
    };

    // Apollo's router runs these, its gateway does not.
    private const string Contexts =
        """
        # source gardens
        extend schema
          @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@context", "@fromContext", "@cacheTag", "@composeDirective"])
          @link(url: "https://example.org/care/v1.0", import: [{name: "@care", as: "@tended"}])
          @composeDirective(name: "@tended")
        directive @tended(level: Int) on FIELD_DEFINITION | OBJECT
        type Query { bed: Bed @cacheTag(format: "bed") pot: Pot }
        type Bed @key(fields: "id") @context(name: "place") @tended(level: 2) { id: ID! soil: String rose: Rose }
        type Pot @key(fields: "id") @context(name: "place") { id: ID! earth: String rose: Rose }
        type Rose @key(fields: "id") @cacheTag(format: "rose-{$key.id}") { id: ID! height(at: Int, soil: String @fromContext(field: "$place ... on Bed { soil } ... on Pot { earth }")): String @tended }
        # source colours
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        type Query { colors: Int }
        type Rose @key(fields: "id") { id: ID! color: String }
        """;

    [InteropFact]
    public void What_only_Apollos_router_runs_is_written_as_Apollo_writes_it()
    {
        using var peer = new PeerGateway();
        var services = Services(Contexts);
        var composed = PeerGateway.Compose(services);
        Assert.Equal("", string.Join("\n", composed.Problems));
        var written = ApolloSupergraphWriter.Write(composed.Supergraph!);
        Assert.Empty(written.Obstacles);
        PeerGateway.AssertReadBack(composed.Supergraph!, written.Text!);

        var theirs = peer.Start(services).Supergraph!;

        Assert.Equal(Lines(theirs), Lines(written.Text!));
        var read = SupergraphReader.Read(new SourceText(theirs, "theirs")).Supergraph!;
        Assert.Equal(Lines(SupergraphWriter.Write(composed.Supergraph!)), Lines(SupergraphWriter.Write(read)));
    }

    // The words of every definition, in an order that does not depend on the writer.
    private static string Lines(string supergraph) => string.Join("\n", Parser.ParseDocument(new SourceText(supergraph), ParserOptions.Schema).Value!.Definitions
        .Select(definition => string.Join(' ', Printer.Print(definition).Replace("\"\"\"", "\"", StringComparison.Ordinal)
            .Split([' ', '\n', ',', '"', '{', '}', '[', ']'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)))
        .Order(StringComparer.Ordinal));

    [InteropFact]
    public void Every_graph_runs_in_a_peer_gateway_as_it_does_here()
    {
        using var peer = new PeerGateway();
        foreach (var graph in Graphs.Cast<object[]>())
        {
            Check(peer, (string)graph[0], (string)graph[1], (string)graph[2]);
        }
    }

    private static void Check(PeerGateway peer, string name, string sources, string queries)
    {
        var services = Services(sources);
        var theirs = peer.Start(services);
        var composed = PeerGateway.Compose(services);
        Assert.Equal($"{name}: ", $"{name}: {string.Join("\n", composed.Problems)}");
        var supergraph = composed.Supergraph!;
        var written = ApolloSupergraphWriter.Write(supergraph);
        Assert.Empty(written.Obstacles);
        PeerGateway.AssertReadBack(supergraph, written.Text!);
        Assert.Equal($"{name}: ", $"{name}: {theirs.Problems}");
        foreach (var query in queries.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var withTheirs = peer.Ask(theirs.Supergraph!, query)!;
            Assert.Equal($"{query}: []", $"{query}: {withTheirs.Errors}");
            // The peer's plans are the same too: it asks the same services.
            Assert.Equal($"{name}: {query}\n{withTheirs}", $"{name}: {query}\n{peer.Ask(written.Text!, query)}");
            Assert.Equal($"{name}: {query}\n{withTheirs with { Asked = "" }}", $"{name}: {query}\n{peer.AskUs(supergraph, query)}");
        }
    }

    private static (string Name, string Sdl)[] Services(string sources) =>
        [
            .. from part in sources.Split("# source ", StringSplitOptions.RemoveEmptyEntries)
            let end = part.IndexOf('\n', StringComparison.Ordinal)
            let sdl = part[(end + 1)..]
            select (part[..end].Trim(), sdl.StartsWith("extend schema", StringComparison.Ordinal) ? sdl : Link + "\n" + sdl),
        ];

    // Where a Query is that only the peers need, nothing is served; the rest is the same, byte for byte.
    private static void AssertReadBack(Supergraph supergraph, string join)
    {
        var read = SupergraphReader.Read(new SourceText(join, "join"));
        Assert.Empty(read.Errors);
        Assert.Equal(WithoutQuerySources(SupergraphWriter.Write(supergraph)), WithoutQuerySources(SupergraphWriter.Write(read.Supergraph!)));
        Assert.Equal(join, ApolloSupergraphWriter.Write(read.Supergraph!).Text);
    }

    private static string WithoutQuerySources(string text)
    {
        var at = text.IndexOf("type Query\n", StringComparison.Ordinal);
        return text[..at] + text[text.IndexOf("\n{", at, StringComparison.Ordinal)..];
    }
}
