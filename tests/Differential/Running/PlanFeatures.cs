using GraphGateway.Planning;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Differential;

/// <summary>What there is in a plan that has to be tested.</summary>
internal static class PlanFeatures
{
    /// <summary>The forms in which sources may be asked for many entities.</summary>
    public static readonly string[] Forms = ["run: aliases", "run: representations in a list", "run: requests in a list", "run: variables in a list"];

    /// <summary>The features of a plan.</summary>
    public static IEnumerable<string> Of(QueryPlan plan)
    {
        (string Name, bool IsThere)[] features =
        [
            ("keys in turn", plan.Steps.Any(step => step.Inputs.Any(input => input is { IsKey: true, Value: ChoiceTemplate }))),
            ("lookups in turn", plan.Steps.Any(step => !step.InsteadOf.IsEmpty)),
            (plan.Steps.Length > 1 ? "several fetches" : "one fetch", true),
            ("steps in one request", plan.Steps.Any(step => step.Request is not null)),
            ("contexts", plan.Steps.Any(step => step.Inputs.Any(input => input.Value is ContextTemplate))),
            ("global ids", plan.Steps.Any(step => step.Source.IsGateway)),
            ("query below a mutation", plan.Steps.Any(step => step is { Kind: FetchKind.Root, Path.IsEmpty: false })),
            ("a key by way of another source", plan.Steps.Any(step => IsByWayOfAnother(plan, step))),
        ];
        return features.Where(feature => feature.IsThere).Select(feature => feature.Name)
            .Concat(plan.Steps.Select(step => step.Kind.ToString())).Concat(new UsedFeatures(plan).All).Distinct().Select(feature => "plan: " + feature);
    }

    /// <summary>In which forms sources may be asked for many entities when it is executed: whether there are several the data say.</summary>
    public static IEnumerable<string> FormsOf(QueryPlan plan) => plan.Steps
        .Where(step => IsOfEntities(step) && step.Path.Any(field => field.Definition.Type.Nullable is ListType))
        .Select(step => step.Kind == FetchKind.Representations ? "run: representations in a list"
            : step.Source.Batching.HasFlag(SourceBatching.Variables) ? "run: variables in a list"
            : step.Source.Batching.HasFlag(SourceBatching.Aliases) ? "run: aliases"
            : "run: requests in a list")
        .Distinct();

    // It goes to objects by a key, requires nothing, and yet comes after another step to these objects.
    private static bool IsByWayOfAnother(QueryPlan plan, FetchStep step) => IsOfEntities(step) && step.Selection.Fields.All(field => field.Requires.IsEmpty)
        && step.DependsOn.Any(before => IsOfEntities(plan.Steps[before]) && plan.Steps[before].Path.SequenceEqual(step.Path));

    /// <summary>True for a step that asks a source for entities.</summary>
    public static bool IsOfEntities(FetchStep step) => step.Kind is FetchKind.Lookup or FetchKind.Representations && !step.Source.IsGateway;
}
