using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Compares who may see a member. Where not everybody who could see it can any more, requests are refused: that breaks. Where more people can
/// see it, no client breaks, but somebody should have meant it: it is told as dangerous.
/// </summary>
internal static class AccessComparison
{
    internal static void Compare(Supergraph before, Supergraph after, ChangeList changes)
    {
        foreach (var old in before.Types)
        {
            if (after.FindType(old.Name) is not { } now || !IsVisible(before, old.Name) || !IsVisible(after, old.Name))
            {
                continue;
            }

            Compare(old.Name, AccessRequirement.Of(old.Type.Directives), AccessRequirement.Of(now.Type.Directives), changes);
            foreach (var field in old.Fields)
            {
                if (now.FindField(field.Name) is { } kept && IsVisible(before, old.Name, field.Name) && IsVisible(after, old.Name, field.Name))
                {
                    Compare($"{old.Name}.{field.Name}", AccessRequirement.Of(field.Field.Directives), AccessRequirement.Of(kept.Field.Directives), changes);
                }
            }
        }
    }

    private static bool IsVisible(Supergraph graph, string typeName, string? fieldName = null) =>
        graph.PublicSchema.FindType(typeName) is { } type && (fieldName is null || (type as ComplexType)?.FindField(fieldName) is not null);

    private static void Compare(string coordinate, AccessRequirement old, AccessRequirement now, ChangeList changes)
    {
        if (!old.Implies(now))
        {
            changes.Breaking(ChangeCode.AccessTightened, coordinate, $"{coordinate} requires {Text(now)} and required {Text(old)} before: not everybody who could see it still can.");
        }
        else if (!now.Implies(old))
        {
            changes.Dangerous(ChangeCode.AccessLoosened, coordinate, $"{coordinate} requires {Text(now)} and required {Text(old)} before: more can see it than before.");
        }
    }

    private static string Text(AccessRequirement requirement) =>
        requirement.IsNone ? "nothing" : string.Join(" ", requirement.ToDirectives().Select(Printer.Print));
}
