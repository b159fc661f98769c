using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>OVERRIDE_FROM_SELF, OVERRIDE_ON_INTERFACE (§4.1.6).</summary>
internal static class OverrideRules
{
    internal static void OverrideFromSelf(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Override is { } use && use.From == model.Name))
        {
            problems.Error(
                ProblemCode.OverrideFromSelf,
                $"{field} has @override(from: \"{model.Name}\"), and {model.Name} is the source that says so.",
                "Name the source that the field is taken over from, or remove @override.",
                field.Override!.Place);
        }
    }

    internal static void OverrideOnInterface(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Override is not null && field.Type.Definition is InterfaceType))
        {
            problems.Error(
                ProblemCode.OverrideOnInterface,
                $"{field} has @override, and {field.Type} is an interface: only the objects that implement it resolve fields.",
                $"Move @override to the field of each object that implements {field.Type}.",
                field.Override!.Place);
        }
    }
}
