using System.Runtime.CompilerServices;
using GraphGateway.Subgraphs.Server;
using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Subscription">Subscription</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Source-Stream">Source Stream</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Subscription.Response-Stream">Response Stream</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Unsubscribe">Unsubscribe</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Response-Format.Response-Stream">Response Stream</see>.
/// </summary>
public sealed class SubscriptionsTests
{
    private const string Sdl = """
        type Query { a: Int }
        type Subscription { newSighting(room: Int! = 1): Sighting must: Sighting! failing: Sighting none: Int }
        type Sighting { by: String text: String! room: Int }
        """;

    private readonly List<string> log = [];

    [Fact]
    public Task Each_event_of_the_source_is_an_execution() => GivesAsync(
        "subscription News { newSighting(room: 123) { by text room } }",
        """{"data":{"newSighting":{"by":"Vera","text":"A comet!","room":123}}}""",
        """{"data":{"newSighting":{"by":"Kip","text":"Another!","room":123}}}""");

    [Fact]
    public Task An_alias_does_not_hide_the_field() => GivesAsync(
        "subscription { s: newSighting { b: by } }", """{"data":{"s":{"b":"Vera"}}}""", """{"data":{"s":{"b":"Kip"}}}""");

    [Fact]
    public Task The_root_field_may_stand_in_a_fragment() => GivesAsync(
        "subscription { ...F } fragment F on Subscription { newSighting { by } }",
        """{"data":{"newSighting":{"by":"Vera"}}}""",
        """{"data":{"newSighting":{"by":"Kip"}}}""");

    [Fact]
    public Task Variables_hold_for_all_events() => GivesAsync(
        "subscription ($room: Int = 7) { newSighting(room: $room) { room } }",
        """{"data":{"newSighting":{"room":7}}}""",
        """{"data":{"newSighting":{"room":7}}}""");

    [Fact]
    public Task Variables_that_do_not_fit_are_a_request_error() => GivesAsync(
        "subscription ($room: Int!) { newSighting(room: $room) { room } }",
        """{"errors":[{"message":"Variable \"$room\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":15}],"extensions":{"code":"BAD_USER_INPUT"}}]}""");

    [Fact]
    public Task More_than_one_root_field_is_a_request_error() => GivesAsync(
        "subscription { newSighting { by } must { by } }",
        """{"errors":[{"message":"Anonymous Subscription must select only one top level field.","locations":[{"line":1,"column":35}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task A_source_that_cannot_be_opened_is_a_request_error() => GivesAsync(
        "subscription { none }",
        """{"errors":[{"message":"No source.","locations":[{"line":1,"column":16}],"path":["none"]}]}""");

    [Fact]
    public Task An_error_of_one_event_does_not_end_the_stream() => GivesAsync(
        "subscription { must { text } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Sighting.text.","locations":[{"line":1,"column":23}],"path":["must","text"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""",
        """{"data":{"must":{"text":"Later."}}}""");

    [Fact]
    public Task A_source_that_fails_ends_the_stream_with_its_error() => GivesAsync(
        "subscription { failing { by } }",
        """{"data":{"failing":{"by":"Vera"}}}""",
        """{"errors":[{"message":"The line is dead.","locations":[{"line":1,"column":1}]}]}""");

    [Fact]
    public async Task When_the_source_completes_the_stream_completes()
    {
        await Service.Gives(Server(), "subscription { newSighting { by } }", int.MaxValue);

        Assert.Equal(["opened 1", "closed"], log);
    }

    [Fact]
    public async Task Who_unsubscribes_closes_the_source()
    {
        var first = await Service.Gives(Server(), "subscription { newSighting { by } }", 1);

        Assert.Equal(["""{"data":{"newSighting":{"by":"Vera"}}}"""], first);
        Assert.Equal(["opened 1", "closed"], log);
    }

    [Fact]
    public async Task A_document_may_have_several_subscriptions_of_which_one_is_named()
    {
        var given = await Service.Gives(
            Server(), "subscription A { newSighting { by } } subscription B { newSighting { room } }", 1, operationName: "B");

        Assert.Equal(["""{"data":{"newSighting":{"room":1}}}"""], given);
    }

    private async Task GivesAsync(string document, params string[] expected) =>
        Assert.Equal(expected, await Service.Gives(Server(), document, int.MaxValue));

    private GraphQLServerBuilder Server() => new GraphQLServerBuilder().AddSchema(Sdl)
        .Resolve("Subscription", "newSighting", context => new(Events((int)context.Arguments["room"]!, context.CancellationToken)))
        .Resolve("Subscription", "must", _ => new(Of(Sighting("Vera", null, 1), Sighting("Kip", "Later.", 1))))
        .Resolve("Subscription", "failing", _ => new(Failing()))
        .Resolve("Subscription", "none", _ => throw new GraphQLException("No source."))
        .ResolveOthers(context => new((context.Parent as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(context.Field.Name)));

    private async IAsyncEnumerable<object?> Events(int room, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        log.Add($"opened {room}");
        try
        {
            yield return Sighting("Vera", "A comet!", room);
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return Sighting("Kip", "Another!", room);
        }
        finally
        {
            log.Add("closed");
        }
    }

    private static async IAsyncEnumerable<object?> Of(params object?[] events)
    {
        foreach (var one in events)
        {
            await Task.Yield();
            yield return one;
        }
    }

    private static async IAsyncEnumerable<object?> Failing()
    {
        yield return Sighting("Vera", "A comet!", 1);
        await Task.Yield();
        throw new GraphQLException("The line is dead.");
    }

    private static Dictionary<string, object?> Sighting(string by, string? text, int room) =>
        new() { ["by"] = by, ["text"] = text, ["room"] = room };
}
