using System.Text.Json.Nodes;
using GraphGateway.Composition;
using GraphGateway.TypeSystem;

namespace GraphGateway.Interop.Composition;

/// <summary>npm's <c>@apollo/composition</c>, and how its verdict is compared with ours: codes as a set, and the schema that clients see.</summary>
internal sealed class CompositionReference : IDisposable
{
    private readonly NodeReference _node = NodeReference.Start("composition");

    internal string Version => _node.Ask("versionOfReference")!.GetValue<string>();

    public void Dispose() => _node.Dispose();

    /// <summary>All codes that the reference can answer with.</summary>
    internal IEnumerable<string> ErrorCodes() => _node.Ask("errorCodes")!.AsArray().Select(code => code!.GetValue<string>());

    /// <summary>The reference's verdict on a set.</summary>
    internal Verdict Ask(CompositionSet set)
    {
        var sources = new JsonArray([.. set.Sources.Select(JsonNode (it) => new JsonObject { ["name"] = it.Name, ["sdl"] = it.Sdl })]);
        var answer = _node.Ask("compose", new JsonObject { ["sources"] = sources })!;
        return new Verdict(
            Codes(answer["codes"]!.AsArray().Select(code => code!.GetValue<string>())),
            string.Join('\n', answer["messages"]!.AsArray().Select(message => message!.GetValue<string>())),
            answer["api"]?.GetValue<string>());
    }

    /// <summary>Our verdict on a set; the schema is printed by the reference's printer, so that only what it says is compared.</summary>
    internal Verdict Compose(CompositionSet set)
    {
        var result = Composer.Compose(set.Inputs());
        var errors = result.Problems.Where(problem => problem.Severity == ProblemSeverity.Error);
        return new Verdict(
            Codes(errors.Select(problem => problem.Code.ToWire())),
            string.Join('\n', result.Problems),
            result.Supergraph is null
                ? null
                : _node.Ask("print", new JsonObject { ["sdl"] = SchemaPrinter.Print(result.Supergraph.PublicSchema) })!.GetValue<string>());
    }

    /// <summary>What differs, as text for a person; null when nothing does.</summary>
    internal string? Difference(CompositionSet set)
    {
        var theirs = Ask(set);
        var ours = Compose(set);
        if (set.ReferenceCodes is not null)
        {
            return theirs.Codes == set.ReferenceCodes && ours.Codes == set.Codes ? null : Show("the deliberate difference is another one", set, ours, theirs);
        }

        if (ours.Codes != theirs.Codes)
        {
            return Show("the codes differ", set, ours, theirs);
        }

        if (set.Codes is not null && ours.Codes != set.Codes)
        {
            return Show($"both say something else than {set.Codes}", set, ours, theirs);
        }

        return ours.Api == theirs.Api ? null : Show("the schemas that clients see differ", set, ours, theirs);
    }

    private static string Codes(IEnumerable<string> codes) =>
        string.Join(' ', codes.Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } text ? text : "OK";

    private static string Show(string what, CompositionSet set, Verdict ours, Verdict theirs) =>
        $"{set.Name}: {what}\nours:   {ours.Codes}\ntheirs: {theirs.Codes}\n"
        + $"--- ours says\n{ours.Messages}\n--- theirs says\n{theirs.Messages}\n"
        + (ours.Api is not null && theirs.Api is not null && ours.Api != theirs.Api ? $"--- our schema\n{ours.Api}\n--- their schema\n{theirs.Api}\n" : "")
        + $"--- the set\n{set}\n";
}

/// <summary>What one side says about a set.</summary>
/// <param name="Codes">The distinct codes of errors, sorted and separated by spaces; "OK" for none.</param>
/// <param name="Messages">All messages.</param>
/// <param name="Api">The schema that clients see, sorted; null where there are errors.</param>
internal sealed record Verdict(string Codes, string Messages, string? Api);
