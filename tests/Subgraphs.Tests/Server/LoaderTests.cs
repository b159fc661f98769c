using GraphGateway.Subgraphs.Server;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>When loaders load, and what they load together.</summary>
public sealed class LoaderTests
{
    /// <summary>The schema; batches of requests are tried on it too.</summary>
    internal const string Sdl =
        """
        type Query { book(id: Int!): Book books(ids: [Int!]!): [Book] }
        type Mutation { touch(id: Int!): Book }
        type Book { id: Int! title: String! author: Author reviews: [Int!]! sequel: Book }
        type Author { id: Int! name: String! books: [Book!]! }
        """;

    private readonly BatchLog log = new();

    /// <summary>Its types and resolvers.</summary>
    internal static IReadOnlyList<Type> Types { get; } =
        [typeof(LoaderQuery), typeof(LoaderMutation), typeof(LoaderBook), typeof(LoaderBookResolvers), typeof(LoaderAuthor), typeof(LoaderAuthorResolvers)];

    private ServerHarness Create() => ServerHarness.Create(
        Sdl,
        server => server.AddTypes(Types),
        services => services.AddSingleton(log));

    [Fact]
    public async Task The_keys_of_one_level_are_loaded_together_and_each_key_once()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "{ books(ids: [1, 2, 3, 2]) { title author { name } reviews } again: book(id: 3) { title } }",
            """{"data":{"books":[{"title":"Book 1","author":{"name":"Author 1"},"reviews":[1]},{"title":"Book 2","author":{"name":"Author 0"},"reviews":[2]},{"title":"Book 3","author":{"name":"Author 1"},"reviews":[3]},{"title":"Book 2","author":{"name":"Author 0"},"reviews":[2]}],"again":{"title":"Book 3"}}}""");
        Assert.Equal(["books 1 2 3", "authors 1 0", "reviews 1 2 3"], log.Batches);
    }

    [Fact]
    public async Task All_sets_of_a_variable_batch_share_their_batches()
    {
        await using var server = Create();
        var variables = $"[{string.Join(',', Enumerable.Range(1, 5).Select(id => $"{{\"id\":{id}}}"))}]";
        Assert.Equal(
            """
            {"variableIndex":0,"data":{"book":{"title":"Book 1","author":{"name":"Author 1"}}}}
            {"variableIndex":1,"data":{"book":{"title":"Book 2","author":{"name":"Author 0"}}}}
            {"variableIndex":2,"data":{"book":{"title":"Book 3","author":{"name":"Author 1"}}}}
            {"variableIndex":3,"data":{"book":{"title":"Book 4","author":{"name":"Author 0"}}}}
            {"variableIndex":4,"data":{"book":{"title":"Book 5","author":{"name":"Author 1"}}}}

            """,
            await server.QueryAsync("query ($id: Int!) { book(id: $id) { title author { name } } }", variables));
        Assert.Equal(["books 1 2 3 4 5", "authors 1 0"], log.Batches);
    }

    [Fact]
    public async Task A_set_of_a_variable_batch_that_does_not_fit_leaves_the_others()
    {
        await using var server = Create();
        Assert.Equal(
            """
            {"variableIndex":0,"data":{"book":{"title":"Book 1"}}}
            {"variableIndex":1,"errors":[{"message":"Variable \"$id\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}

            """,
            await server.QueryAsync("query ($id: Int!) { book(id: $id) { title } }", """[{"id":1},{}]"""));
    }

    [Fact]
    public async Task A_batch_that_fails_is_the_error_of_each_field_that_waits_for_it()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "{ a: book(id: 1) { id } b: book(id: 666) { id } }",
            """{"errors":[{"message":"Internal server error","locations":[{"line":1,"column":3}],"path":["a"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}},{"message":"Internal server error","locations":[{"line":1,"column":25}],"path":["b"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"a":null,"b":null}}""");
    }

    [Fact]
    public async Task A_large_number_of_keys_is_split_by_the_loaders_limit()
    {
        await using var server = Create();
        var ids = string.Join(',', Enumerable.Range(1, 25));
        await server.QueryAsync($"{{ books(ids: [{ids}]) {{ id }} }}");
        Assert.Equal(["books 1 2 3 4 5 6 7 8 9 10", "books 11 12 13 14 15 16 17 18 19 20", "books 21 22 23 24 25"], log.Batches);
    }

    [Fact]
    public async Task A_resolver_that_goes_on_elsewhere_still_gets_its_keys_loaded()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "{ book(id: 1) { sequel { title sequel { title } } } }",
            """{"data":{"book":{"sequel":{"title":"Book 2","sequel":{"title":"Book 3"}}}}}""");
    }

    [Fact]
    public async Task After_a_mutations_field_values_are_loaded_anew()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "mutation { a: touch(id: 1) { id } b: touch(id: 1) { id } }",
            """{"data":{"a":{"id":1},"b":{"id":1}}}""");
        Assert.Equal(["books 1", "books 1"], log.Batches);
    }
}

public sealed class BatchLog
{
    public List<string> Batches { get; } = [];

    public void Add<T>(string name, IEnumerable<T> keys) => Batches.Add($"{name} {string.Join(' ', keys)}");
}

[GraphQLType("Book")]
public sealed record LoaderBook(int Id, string Title, [property: GraphQLIgnore] int AuthorId);

[GraphQLType("Author")]
public sealed record LoaderAuthor(int Id, string Name);

public sealed class BooksLoader(BatchLog log) : BatchLoader<int, LoaderBook>
{
    protected override int MaxBatchSize => 10;

    protected override async Task<IReadOnlyDictionary<int, LoaderBook>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
    {
        log.Add("books", keys);
        await Task.Yield();
        return keys.Contains(666)
            ? throw new InvalidOperationException("a secret")
            : keys.ToDictionary(key => key, key => new LoaderBook(key, $"Book {key}", key % 2));
    }
}

public sealed class AuthorsLoader(BatchLog log) : BatchLoader<int, LoaderAuthor>
{
    protected override Task<IReadOnlyDictionary<int, LoaderAuthor>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
    {
        log.Add("authors", keys);
        return Task.FromResult<IReadOnlyDictionary<int, LoaderAuthor>>(keys.ToDictionary(key => key, key => new LoaderAuthor(key, $"Author {key}")));
    }
}

public sealed class ReviewsLoader(BatchLog log) : GroupLoader<int, int>
{
    protected override Task<ILookup<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
    {
        log.Add("reviews", keys);
        return Task.FromResult(keys.ToLookup(key => key));
    }
}

[GraphQLType("Query")]
public static class LoaderQuery
{
    public static Task<LoaderBook?> BookAsync(int id, BooksLoader books) => books.LoadAsync(id);

    public static Task<IReadOnlyList<LoaderBook?>?> BooksAsync(IReadOnlyList<int> ids, BooksLoader books) => books.LoadManyAsync(ids)!;
}

[GraphQLType("Mutation")]
public static class LoaderMutation
{
    public static Task<LoaderBook?> TouchAsync(int id, BooksLoader books) => books.LoadAsync(id);
}

[GraphQLType("Book")]
public static class LoaderBookResolvers
{
    public static Task<LoaderAuthor?> AuthorAsync([Parent] LoaderBook book, AuthorsLoader authors) => authors.LoadAsync(book.AuthorId);

    public static Task<IReadOnlyList<int>> ReviewsAsync([Parent] LoaderBook book, ReviewsLoader reviews) => reviews.LoadAsync(book.Id);

    public static async Task<LoaderBook?> SequelAsync([Parent] LoaderBook book, BooksLoader books)
    {
        await Task.Run(() => { }).ConfigureAwait(false);
        return await books.LoadAsync(book.Id + 1).ConfigureAwait(false);
    }
}

[GraphQLType("Author")]
public static class LoaderAuthorResolvers
{
    public static IReadOnlyList<LoaderBook> Books([Parent] LoaderAuthor author) => [new LoaderBook(author.Id, "", 0)];
}
