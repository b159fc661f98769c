using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GraphGateway.Language;
using GraphGateway.Subgraphs.Server;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Interop;

/// <summary>
/// <c>Subgraphs/Server</c> beside graphql-js' executor: the same schema, the same resolvers, random operations; the same data with the same
/// order of keys, and the same errors. <c>GRAPHGATEWAY_TEST_NIGHTLY=1</c> runs many more.
/// </summary>
public sealed class ExecutionTests
{
    private const int Batch = 100;

    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();

    [InteropFact]
    public Task What_comes_at_once_gives_the_same_data_and_the_same_errors_in_the_same_order() => CompareAsync(isAsync: false);

    [InteropFact]
    public Task What_comes_later_gives_the_same_data_and_errors_at_the_same_places() => CompareAsync(isAsync: true);

    private async Task CompareAsync(bool isAsync)
    {
        using var reference = NodeReference.Start("execution");
        var random = new Random(Seed.Value);
        var seen = new ExecutionCoverage();
        for (var schemas = Nightly.Cases(6, 40); schemas > 0; schemas--)
        {
            var sdl = WorldSchema.Generate(random);
            var world = new World { IsAsync = isAsync };
            var side = new Side(sdl, world, world.Serve(sdl), reference);
            var operations = new OperationGenerator(side.Server.Schema.Schema, random);
            for (var batches = Nightly.Cases(2, 5); batches > 0; batches--)
            {
                await CompareAsync(side, Valid(operations, side.Server.Schema.Schema), seen);
            }
        }

        seen.AssertNotVacuous(isAsync, Nightly.Cases(1_200, 20_000));
    }

    private static List<RandomOperation> Valid(OperationGenerator operations, Schema schema)
    {
        var valid = new List<RandomOperation>();
        while (valid.Count < Batch)
        {
            var operation = operations.Next();
            if (IsValid(schema, operation.Document()))
            {
                valid.Add(operation);
            }
        }

        return valid;
    }

    private static bool IsValid(Schema schema, string document) =>
        Parser.ParseDocument(new SourceText(Encoding.UTF8.GetBytes(document))) is { IsSuccess: true } parsed && Validator.Validate(schema, parsed.Value).Errors.IsEmpty;

    private async Task CompareAsync(Side side, List<RandomOperation> operations, ExecutionCoverage seen)
    {
        var theirs = Ask(side, operations);
        for (var i = 0; i < operations.Count; i++)
        {
            var document = operations[i].Document();
            var ours = await RunAsync(side, document, operations[i].VariablesJson(document));
            seen.Add(document, theirs[i]);
            if (Difference(ours, theirs[i], side.World.IsAsync, seen) is not null)
            {
                Assert.Fail(await ReproduceAsync(side, operations[i]));
            }
        }
    }

    private static List<Answer> Ask(Side side, List<RandomOperation> operations)
    {
        var cases = new JsonArray();
        foreach (var operation in operations)
        {
            var document = operation.Document();
            cases.Add(new JsonObject { ["query"] = document, ["variables"] = JsonNode.Parse(operation.VariablesJson(document)) });
        }

        var answers = side.Reference.Ask("run", new JsonObject { ["sdl"] = side.Sdl, ["isAsync"] = side.World.IsAsync, ["cases"] = cases })!.AsArray();
        return [.. answers.Select(answer => new Answer(answer!["data"]?.GetValue<string>() is { } data ? Normal(data) : null, Errors(answer), answer["log"]!.GetValue<string>()))];
    }

    private async Task<Answer> RunAsync(Side side, string document, string variables)
    {
        side.World.Log.Clear();
        var answer = JsonNode.Parse(await side.Server.ExecuteAsync(document, _services, variables))!;
        var data = answer.AsObject().TryGetPropertyValue("data", out var value) ? Normal(value?.ToJsonString() ?? "null") : null;
        return new Answer(data, Errors(answer), string.Join(',', side.World.Log));
    }

    /// <summary>The same escapes on both sides; the order of the keys and the digits of numbers stay.</summary>
    private static string Normal(string json) => JsonNode.Parse(json)?.ToJsonString() ?? "null";

    private static List<AnswerError> Errors(JsonNode answer) =>
        [.. (answer["errors"]?.AsArray() ?? []).Select(error => new AnswerError(string.Concat((error!["path"]?.AsArray() ?? []).Select(step => $"/{step}")), $"{error["message"]} {error["locations"]?.ToJsonString()} {error["path"]?.ToJsonString()}"))];

    private static string? Difference(Answer ours, Answer theirs, bool isAsync, ExecutionCoverage? seen)
    {
        if (ours.Data != theirs.Data)
        {
            return "data";
        }

        // The log is compared where the order is the spec's to say: root fields of a mutation; for queries the first calls have an order too.
        if (ours.Log != theirs.Log && !isAsync)
        {
            return "order of calls";
        }

        if (!isAsync || ours.Data is null)
        {
            return ours.Errors.SequenceEqual(theirs.Errors) ? null : "errors";
        }

        // Of several errors under one null, it is chance which are in the response: they are compared where there is one alone.
        var ourNulls = ByNull(ours);
        var theirNulls = ByNull(theirs);
        if (!ourNulls.Keys.Order().SequenceEqual(theirNulls.Keys.Order()))
        {
            return "places of errors";
        }

        foreach (var (place, errors) in ourNulls)
        {
            if (errors.Count == 1 && theirNulls[place].Count == 1)
            {
                seen?.CountExact();
                if (errors[0] != theirNulls[place][0] && !AreBothPossible(place, errors[0], theirNulls[place][0]))
                {
                    return "errors";
                }
            }
        }

        return null;
    }

    // Two places below one null may each have an error, and each side reports the one that came first. An error at the null itself is alone.
    private static bool AreBothPossible(string place, AnswerError one, AnswerError other) =>
        one.Path != other.Path && one.Path != place && other.Path != place;

    private static Dictionary<string, List<AnswerError>> ByNull(Answer answer) =>
        answer.Errors.GroupBy(error => NullAbove(JsonNode.Parse(answer.Data!), error.Path)).ToDictionary(group => group.Key, group => group.ToList());

    /// <summary>The part of the path that leads to null in the data.</summary>
    private static string NullAbove(JsonNode? data, string path)
    {
        var place = new StringBuilder();
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (data is null)
            {
                break;
            }

            place.Append('/').Append(step);
            data = data is JsonArray items ? items[int.Parse(step, CultureInfo.InvariantCulture)] : data[step];
        }

        return place.ToString();
    }

    /// <summary>Takes selections away as long as the difference stays.</summary>
    private async Task<string> ReproduceAsync(Side side, RandomOperation operation)
    {
        for (var shrunk = true; shrunk;)
        {
            shrunk = false;
            foreach (var selection in operation.Selections.ToList())
            {
                selection.IsThere = false;
                if (IsValid(side.Server.Schema.Schema, operation.Document()) && await DiffersAsync(side, operation) is not null)
                {
                    shrunk = true;
                }
                else
                {
                    selection.IsThere = true;
                }
            }
        }

        var document = operation.Document();
        var variables = operation.VariablesJson(document);
        var ours = await RunAsync(side, document, variables);
        var theirs = Ask(side, [operation])[0];
        return $"""
            {await DiffersAsync(side, operation)} differ (seed {Seed.Value}, {Seed.Variable}).
            {document}
            variables: {variables}
            ours:   {ours}
            theirs: {theirs}
            {side.Sdl}
            """;
    }

    private async Task<string?> DiffersAsync(Side side, RandomOperation operation)
    {
        var document = operation.Document();
        return Difference(await RunAsync(side, document, operation.VariablesJson(document)), Ask(side, [operation])[0], side.World.IsAsync, seen: null);
    }

    private sealed record Side(string Sdl, World World, GraphQLServer Server, NodeReference Reference);
}

/// <summary>An error: its path as /a/0/b, and message, locations and path together.</summary>
internal readonly record struct AnswerError(string Path, string Whole);

/// <summary>What a side answered; no data at all for a request error.</summary>
internal sealed record Answer(string? Data, List<AnswerError> Errors, string Log)
{
    public override string ToString() => $"{Data ?? "(no data)"}\n        {string.Join("\n        ", Errors.Select(error => error.Whole))}\n        calls: {Log}";
}
