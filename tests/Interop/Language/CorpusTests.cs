using System.Text.Json.Nodes;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Interop.Language;

/// <summary>Real schemas from npm packages: the same verdict, the same answer to introspection, the same print.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string, string> Files()
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, file) in Schemas.Real)
        {
            data.Add(name, file);
        }

        return data;
    }

    [InteropTheory]
    [MemberData(nameof(Files))]
    public void A_real_schema_is_valid_and_tells_and_prints_the_same(string name, string file)
    {
        Assert.NotEmpty(name);
        using var reference = new GraphQLJs();
        var sdl = reference.ReadSchema(file);
        Assert.Empty(reference.ValidateDefinitions([sdl])[0]);
        Assert.Empty(Differences.OfDefinitions(sdl, Ours.ValidateDefinitions(sdl), []).Ours.Select(static finding => finding.Text));
        Assert.True(ExpectSame(reference, sdl));
    }

    [InteropFact]
    public void A_real_schema_with_mistakes_gets_the_findings_of_the_reference()
    {
        // This package's SDL defines two fields twice; its introspection result does not.
        using var reference = new GraphQLJs();
        var sdl = reference.ReadSchema("@octokit/graphql-schema/schema.graphql");

        var expected = reference.ValidateDefinitions([sdl])[0].Select(static finding => finding.Text);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, Ours.ValidateDefinitions(sdl).Select(static finding => finding.Text));
    }

    [InteropFact]
    public void Small_schemas_tell_and_print_the_same()
    {
        using var reference = new GraphQLJs();
        Assert.True(ExpectSame(reference, Schemas.Zoo));
        Assert.True(ExpectSame(reference, Schemas.Small));
    }

    /// <summary>False when the reference cannot tell.</summary>
    internal static bool ExpectSame(GraphQLJs reference, string sdl, string where = "")
    {
        if (reference.Introspect(sdl) is not { } expected)
        {
            return false;
        }

        var schema = Ours.Schema(sdl);
        var answer = JsonNode.Parse(Ours.Introspect(schema, expected["query"]!.GetValue<string>()))!;

        var difference = FirstDifference(Sorted(expected["answer"]!), Sorted(answer), "");
        Assert.True(difference.Length == 0, $"{where}\n{sdl}\n{difference}");

        // The reference prints default values as it coerces them, we as they are written: so what it has printed is printed again.
        var printed = expected["printed"]!.GetValue<string>();
        Assert.Equal(printed, SchemaPrinter.Print(Ours.Schema(printed)));
        var sorted = expected["sorted"]!.GetValue<string>();
        Assert.Equal(sorted, SchemaPrinter.Print(Ours.Schema(sorted), new SchemaPrinterOptions { IsSorted = true }));
        return true;
    }

    // In which order types and directives are listed is nobody's promise.
    private static JsonNode Sorted(JsonNode answer)
    {
        var schema = answer["data"]!["__schema"]!.AsObject();
        foreach (var list in (string[])["types", "directives"])
        {
            schema[list] = new JsonArray([.. schema[list]!.AsArray().Select(static item => item!.DeepClone())
                .OrderBy(static item => item["name"]!.GetValue<string>(), StringComparer.Ordinal)]);
        }

        foreach (var type in schema["types"]!.AsArray())
        {
            if (type!["possibleTypes"] is JsonArray possible)
            {
                type["possibleTypes"] = new JsonArray([.. possible.Select(static item => item!.DeepClone())
                    .OrderBy(static item => item["name"]!.GetValue<string>(), StringComparer.Ordinal)]);
            }
        }

        return answer;
    }

    private static string FirstDifference(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected, actual)
        {
            case (JsonObject left, JsonObject right) when left.Count == right.Count:
                return left.Select(entry => FirstDifference(entry.Value, right[entry.Key], $"{path}.{entry.Key}")).FirstOrDefault(static text => text.Length > 0, "");
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                return left.Select((item, index) => FirstDifference(item, right[index], $"{path}[{index}]")).FirstOrDefault(static text => text.Length > 0, "");
            default:
                return JsonNode.DeepEquals(expected, actual) ? "" : $"{path}: expected {expected?.ToJsonString()} but got {actual?.ToJsonString()}";
        }
    }
}
