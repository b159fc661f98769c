using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.Subgraphs.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GraphGateway.Conformance;

/// <summary>
/// The helper of the sections on execution and the response: a server over data. A field gives the member of its object that has its name;
/// <c>{"$error": "..."}</c> is a resolver that fails with that message, and <c>{"$args": true}</c> one that gives its coerced arguments as a
/// JSON text.
/// </summary>
internal static class Service
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole answer to a request.</summary>
    public static async Task Answers(
        string sdl, string data, string document, string expected, string? variables = null, string? operationName = null) =>
        Assert.Equal(expected, await AnswerAsync(sdl, data, document, variables, operationName));

    /// <summary>The whole answer to a request, and the same through the gateway.</summary>
    public static async Task AnswersAlsoThroughGateway(
        string sdl, string data, string document, string expected, string? variables = null, string? operationName = null)
    {
        await Answers(sdl, data, document, expected, variables, operationName);
        await ThroughGateway.Answers(
            sdl, (query, values) => AnswerAsync(sdl, data, query, values), document, expected, variables, operationName);
    }

    /// <summary>The whole answer of a server of the test's own.</summary>
    public static async Task Answers(GraphQLServerBuilder builder, string document, string expected) =>
        Assert.Equal(expected, await AnswerAsync(builder, document, null, null));

    /// <summary>The first answers of a subscription; then it is left.</summary>
    public static async Task<IReadOnlyList<string>> Gives(GraphQLServerBuilder builder, string document, int count, string? operationName = null)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var answers = new List<string>();
        await foreach (var answer in Bind(builder, services).SubscribeAsync(document, services, operationName: operationName))
        {
            answers.Add(answer);
            if (answers.Count == count)
            {
                break;
            }
        }

        return answers;
    }

    /// <summary>The answer to a request over data.</summary>
    public static Task<string> AnswerAsync(string sdl, string data, string document, string? variables = null, string? operationName = null)
    {
        var root = (IReadOnlyDictionary<string, object?>)Value(JsonDocument.Parse(data).RootElement)!;
        var builder = new GraphQLServerBuilder().AddSchema(sdl).ResolveOthers(context =>
        {
            var parent = context.Parent as IReadOnlyDictionary<string, object?> ?? root;
            return ValueTask.FromResult(Resolve(parent.GetValueOrDefault(context.Field.Name), context));
        });
        return AnswerAsync(builder, document, variables, operationName);
    }

    private static async Task<string> AnswerAsync(GraphQLServerBuilder builder, string document, string? variables, string? operationName)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var server = Bind(builder, services);
        await using var scope = services.CreateAsyncScope();
        return await server.ExecuteAsync(document, scope.ServiceProvider, variables, operationName);
    }

    private static GraphQLServer Bind(GraphQLServerBuilder builder, IServiceProvider services)
    {
        var bound = BoundSchema.Bind(builder, services.GetService<IServiceProviderIsService>());
        Assert.Empty(bound.Problems);
        return new GraphQLServer(bound.Schema!, NullLogger.Instance);
    }

    private static object? Resolve(object? value, ResolverContext context)
    {
        if (value is not IReadOnlyDictionary<string, object?> members)
        {
            return value;
        }

        if (members.TryGetValue("$error", out var message))
        {
            throw new GraphQLException((string)message!);
        }

        return members.ContainsKey("$args") ? JsonSerializer.Serialize(context.Arguments, Json) : value;
    }

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt32(out var whole) ? whole : json.GetDouble(),
        _ => null,
    };
}
