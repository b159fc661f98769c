using System.Data.Common;
using GraphGateway.Subgraphs.Server;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>Filters, orders, pages and projections, and the SQL that they become.</summary>
public sealed class DataTests : IDisposable
{
    private const string Sdl =
        """
        type Query {
          pets(first: Int, after: String, last: Int, before: String, where: PetFilterInput, order: [PetSortInput!]): PetConnection
          owners(ids: [ID!]!): [Owner!]!
        }
        type Pet { id: ID! name: String! kind: PetKind! born: DateTime weight: Decimal! shout: String! owner: Owner }
        type Owner { id: ID! pets(first: Int, after: String, order: [PetSortInput!]): PetConnection }
        enum PetKind { CAT DOG HAMSTER }
        type PetConnection { pageInfo: PageInfo! edges: [PetEdge!] nodes: [Pet!] totalCount: Int! }
        type PetEdge { cursor: String! node: Pet! }
        type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
        input PetFilterInput { and: [PetFilterInput!] or: [PetFilterInput!] id: IdOps name: StringOps kind: KindOps born: DateTimeOps weight: DecimalOps }
        input PetSortInput { id: SortDirection name: SortDirection kind: SortDirection born: SortDirection weight: SortDirection }
        input IdOps { eq: ID neq: ID in: [ID!] nin: [ID!] }
        input StringOps { eq: String neq: String in: [String] nin: [String] contains: String ncontains: String startsWith: String nstartsWith: String endsWith: String nendsWith: String }
        input KindOps { eq: PetKind neq: PetKind in: [PetKind!] nin: [PetKind!] }
        input DateTimeOps { eq: DateTime neq: DateTime gt: DateTime gte: DateTime lt: DateTime lte: DateTime }
        input DecimalOps { eq: Decimal gt: Decimal gte: Decimal lt: Decimal lte: Decimal }
        enum SortDirection { ASC DESC }
        scalar DateTime
        scalar Decimal
        """;

    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly SqlLog log = new();

    public DataTests()
    {
        connection.Open();
        using var db = NewContext();
        db.Database.EnsureCreated();
        db.Pets.AddRange(
            Pet(1, "Tom", PetKind.Cat, 2020, 4500, owner: 1),
            Pet(2, "Rex", PetKind.Dog, 2018, 30100, owner: 1),
            Pet(3, "Kim", PetKind.Hamster, null, 120, owner: 2),
            Pet(4, "Ada", PetKind.Cat, 2018, 3900, owner: 1),
            Pet(5, "Max", PetKind.Dog, null, 12000, owner: 2),
            Pet(6, "Zoe", PetKind.Cat, 2022, 4100, owner: 1));
        db.SaveChanges();
        log.Statements.Clear();
    }

    public void Dispose() => connection.Dispose();

    [Theory]
    [InlineData("{ kind: { eq: CAT } }", "Tom Ada Zoe")]
    [InlineData("{ kind: { neq: CAT }, name: { contains: \"x\" } }", "Rex Max")]
    [InlineData("{ id: { in: [\"2\", \"3\", \"nonsense\"] } }", "Rex Kim")]
    [InlineData("{ id: { nin: [\"2\", \"3\"] }, kind: { in: [DOG, HAMSTER] } }", "Max")]
    [InlineData("{ id: { eq: \"nonsense\" } }", "")]
    [InlineData("{ or: [{ name: { startsWith: \"T\" } }, { name: { endsWith: \"e\" } }, { and: [{ kind: { eq: DOG } }, { name: { nstartsWith: \"R\" } }] }] }", "Tom Max Zoe")]
    [InlineData("{ or: [{}] }", "Tom Rex Kim Ada Max Zoe")]
    [InlineData("{ born: { eq: null } }", "Kim Max")]
    [InlineData("{ born: { neq: null, lt: \"2019-01-01T00:00:00Z\" } }", "Rex Ada")]
    [InlineData("{ weight: { gt: 4.1, lte: 12 } }", "Tom Max")]
    [InlineData("{ weight: { eq: 30.1 } }", "Rex")]
    [InlineData("{ name: { in: [null, \"Tom\"] } }", "Tom")]
    public async Task A_filter_says_which_rows(string where, string names)
    {
        await using var server = Create();
        await server.ExpectAsync($"{{ pets(where: {where}) {{ nodes {{ name }} }} }}", Nodes(names));
    }

    [Theory]
    [InlineData("[{ name: ASC }]", "Ada Kim Max Rex Tom Zoe")]
    [InlineData("[{ kind: DESC }, { name: DESC }]", "Kim Rex Max Zoe Tom Ada")]
    [InlineData("[{ born: ASC }]", "Rex Ada Tom Zoe Kim Max")]
    [InlineData("[{ born: DESC }, { id: DESC }]", "Zoe Tom Ada Rex Max Kim")]
    [InlineData("[{ weight: ASC }]", "Kim Ada Zoe Tom Max Rex")]
    public async Task An_order_is_total_and_puts_missing_values_last_and_pages_follow_it(string order, string names)
    {
        await using var server = Create();
        Assert.Equal(names, await WalkAsync(server, $"order: {order}", "first: 2", "after", "endCursor", "hasNextPage"));
        var backwards = await WalkAsync(server, $"order: {order}", "last: 2", "before", "startCursor", "hasPreviousPage");
        Assert.Equal(names.Split(' ').Chunk(2).Reverse().SelectMany(page => page), backwards.Split(' '));
    }

    [Fact]
    public async Task A_page_says_where_it_lies_and_counts_only_when_asked()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "{ pets(first: 2, where: { kind: { eq: CAT } }) { totalCount pageInfo { hasNextPage hasPreviousPage } edges { node { name } } } }",
            """{"data":{"pets":{"totalCount":3,"pageInfo":{"hasNextPage":true,"hasPreviousPage":false},"edges":[{"node":{"name":"Tom"}},{"node":{"name":"Ada"}}]}}}""");
        Assert.Equal(2, log.Statements.Count);
        log.Statements.Clear();
        await server.ExpectAsync("{ pets { totalCount } }", """{"data":{"pets":{"totalCount":6}}}""");
        Assert.Single(log.Statements);
    }

    [Fact]
    public async Task Only_the_columns_that_the_selection_needs_are_read()
    {
        await using var server = Create();
        await server.QueryAsync("{ pets(first: 2, where: { kind: { eq: CAT } }, order: [{ name: ASC }]) { nodes { shout born } } }");
        Assert.Equal(
            """
            SELECT "p"."Born", "p"."Name", "p"."Id"
            FROM "Pets" AS "p"
            WHERE "p"."Kind" = @Value
            ORDER BY "p"."Name", "p"."Id"
            LIMIT @p
            """,
            Assert.Single(log.Statements));
    }

    [Fact]
    public async Task The_pages_of_many_parents_are_one_statement()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "{ owners(ids: [1, 2, 3]) { id pets(first: 2, order: [{ name: ASC }]) { totalCount pageInfo { hasNextPage } nodes { name } } } }",
            """{"data":{"owners":[{"id":"1","pets":{"totalCount":4,"pageInfo":{"hasNextPage":true},"nodes":[{"name":"Ada"},{"name":"Rex"}]}},{"id":"2","pets":{"totalCount":2,"pageInfo":{"hasNextPage":false},"nodes":[{"name":"Kim"},{"name":"Max"}]}},{"id":"3","pets":{"totalCount":0,"pageInfo":{"hasNextPage":false},"nodes":[]}}]}}""");
        Assert.Equal(2, log.Statements.Count);
        Assert.DoesNotContain("Weight", log.Statements[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first: 101", "\\\"first\\\" must be at most 100.")]
    [InlineData("last: -1", "\\\"last\\\" must not be negative.")]
    [InlineData("first: 1, last: 1", "\\\"first\\\" and \\\"last\\\" cannot be given together.")]
    [InlineData("after: \\\"nonsense\\\"", "\\\"after\\\" is not a cursor of this list.")]
    [InlineData("order: [{ name: ASC, id: ASC }]", "Each entry of \\\"order\\\" names one field; this one names id, name.")]
    [InlineData("where: { weight: { gt: null } }", "The filter \\\"weight: { gt: null }\\\" needs a value.")]
    public async Task Arguments_that_make_no_page_are_the_fields_error(string arguments, string message)
    {
        await using var server = Create();
        await server.ExpectAsync(
            $"{{ pets({arguments.Replace("\\\"", "\"", StringComparison.Ordinal)}) {{ nodes {{ id }} }} }}",
            $$$"""{"errors":[{"message":"{{{message}}}","locations":[{"line":1,"column":3}],"path":["pets"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"pets":null}}""");
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        await using var server = Create();
        var cursor = Between(await server.QueryAsync("{ pets(order: [{ name: ASC }]) { pageInfo { endCursor } } }"), "endCursor\":\"", "\"");
        await server.ExpectAsync(
            $"{{ pets(after: \"{cursor}\") {{ nodes {{ id }} }} }}",
            """{"errors":[{"message":"\"after\" is not a cursor of this list in this order.","locations":[{"line":1,"column":3}],"path":["pets"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"pets":null}}""");
    }

    [Fact]
    public async Task The_bound_schema_is_the_published_one()
    {
        await using var server = Create();
        Assert.Equal(
            GraphGateway.Language.Printer.Print(GraphGateway.Language.Parser.ParseDocument(new GraphGateway.Language.SourceText(Sdl)).Value!),
            server.Server.Schema.ToSdl());
    }

    private static async Task<string> WalkAsync(ServerHarness server, string order, string size, string argument, string cursorField, string moreField)
    {
        var names = new List<string>();
        var cursor = "";
        for (var more = true; more;)
        {
            var answer = await server.QueryAsync($"{{ pets({order}, {size}{cursor}) {{ nodes {{ name }} pageInfo {{ {cursorField} {moreField} }} }} }}");
            names.AddRange(answer.Split("\"name\":\"").Skip(1).Select(part => part[..part.IndexOf('"')]));
            cursor = $", {argument}: \"{Between(answer, $"{cursorField}\":\"", "\"")}\"";
            more = answer.Contains($"\"{moreField}\":true", StringComparison.Ordinal);
        }

        return string.Join(' ', names);
    }

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }

    private static string Nodes(string names)
    {
        var nodes = names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $$"""{"name":"{{name}}"}""");
        return """{"data":{"pets":{"nodes":[""" + string.Join(',', nodes) + "]}}}";
    }

    private static PetRow Pet(int id, string name, PetKind kind, int? born, long grams, int owner) => new()
    {
        Id = id, Name = name, Kind = kind, Born = born is { } year ? new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc) : null, Grams = grams, OwnerId = owner,
    };

    private PetsDb NewContext() => new(new DbContextOptionsBuilder<PetsDb>().UseSqlite(connection).AddInterceptors(log).Options);

    private ServerHarness Create() => ServerHarness.Create(
        Sdl,
        server =>
        {
            server.AddTypes(typeof(PetQuery), typeof(PetResolvers), typeof(Owner), typeof(OwnerResolvers), typeof(PetKind));
            server.Bind<PetRow>("Pet").Column("weight", pet => pet.Grams, (decimal kilograms) => (long)(kilograms * 1000));
        },
        services => services.AddScoped(_ => NewContext()));
}

[GraphQLType("PetKind")]
public enum PetKind
{
    Cat,
    Dog,
    Hamster,
}

public sealed class PetRow
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public PetKind Kind { get; set; }

    public DateTime? Born { get; set; }

    public long Grams { get; set; }

    public int OwnerId { get; set; }
}

public sealed class PetsDb(DbContextOptions<PetsDb> options) : DbContext(options)
{
    public DbSet<PetRow> Pets => Set<PetRow>();
}

public sealed class SqlLog : DbCommandInterceptor
{
    public List<string> Statements { get; } = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Statements.Add(command.CommandText);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}

[GraphQLType("Owner")]
public sealed record Owner(int Id);

[GraphQLType("Query")]
public static class PetQuery
{
    public static async Task<Connection<PetRow>?> PetsAsync(PageRequest<PetRow> page, PetsDb db, CancellationToken cancellationToken) =>
        await db.Pets.ToConnectionAsync(page, pet => pet.Id, cancellationToken: cancellationToken);

    public static IReadOnlyList<Owner> Owners(IReadOnlyList<int> ids) => [.. ids.Select(id => new Owner(id))];
}

[GraphQLType("Pet")]
public static class PetResolvers
{
    public static string Shout([Parent, Requires(nameof(PetRow.Name))] PetRow pet) => pet.Name.ToUpperInvariant();

    public static decimal Weight([Parent, Requires(nameof(PetRow.Grams))] PetRow pet) => pet.Grams / 1000m;

    public static Owner? Owner([Parent, Requires(nameof(PetRow.OwnerId))] PetRow pet) => new(pet.OwnerId);
}

[GraphQLType("Owner")]
public static class OwnerResolvers
{
    public static async Task<Connection<PetRow>?> PetsAsync([Parent] Owner owner, PageRequest<PetRow> page, PetsByOwner pets) =>
        await pets.LoadAsync((owner.Id, page));
}

public sealed class PetsByOwner(PetsDb db) : BatchLoader<(int Owner, PageRequest<PetRow> Page), Connection<PetRow>>
{
    protected override async Task<IReadOnlyDictionary<(int Owner, PageRequest<PetRow> Page), Connection<PetRow>>> LoadBatchAsync(
        IReadOnlyList<(int Owner, PageRequest<PetRow> Page)> keys, CancellationToken cancellationToken)
    {
        var pages = new Dictionary<(int, PageRequest<PetRow>), Connection<PetRow>>();
        foreach (var group in keys.GroupBy(key => key.Page))
        {
            var owners = group.Select(key => key.Owner).ToList();
            var found = await db.Pets.ToConnectionsAsync(owners, pet => pet.OwnerId, group.Key, pet => pet.Id, cancellationToken: cancellationToken);
            foreach (var (owner, page) in found)
            {
                pages[(owner, group.Key)] = page;
            }
        }

        return pages;
    }
}
