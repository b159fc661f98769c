using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>INVALID_SHAREABLE_USAGE (§4.1.9).</summary>
internal static class ShareableRules
{
    internal static void InvalidShareableUsage(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Directive("shareable") is not null))
        {
            if (field.Type.Definition is InterfaceType)
            {
                problems.Error(
                    ProblemCode.InvalidShareableUsage,
                    $"{field} is @shareable, and {field.Type} is an interface: only the objects that implement it resolve fields.",
                    $"Move @shareable to the field of each object that implements {field.Type}.",
                    field.PlaceOf(field.Directive("shareable")!));
            }
            else if (field.Type.Definition == model.Schema.SubscriptionType)
            {
                problems.Error(
                    ProblemCode.InvalidShareableUsage,
                    $"{field} is @shareable, and the events of a subscription come from one source.",
                    "Remove @shareable.",
                    field.PlaceOf(field.Directive("shareable")!));
            }
        }
    }
}
