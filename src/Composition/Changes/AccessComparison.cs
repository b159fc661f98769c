using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Compares who may see a member. Where not everybody who could see it can any more, requests are refused: that breaks. Where more people can
/// see it, no client breaks, but somebody should have meant it: it is told as dangerous. Whoever sees a field has met its type's requirement
/// too: that moves from one to the other without a word at the field, and what only the type changed is told of the type.
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

            var (oldType, nowType) = (AccessRequirement.Of(old.Type.Directives), AccessRequirement.Of(now.Type.Directives));
            Compare(old.Name, oldType, nowType, AccessRequirement.None, AccessRequirement.None, changes);
            foreach (var field in old.Fields)
            {
                if (now.FindField(field.Name) is { } kept && IsVisible(before, old.Name, field.Name) && IsVisible(after, old.Name, field.Name))
                {
                    Compare(
                        $"{old.Name}.{field.Name}", AccessRequirement.Of(field.Field.Directives), AccessRequirement.Of(kept.Field.Directives), oldType, nowType, changes);
                }
            }
        }
    }

    private static bool IsVisible(Supergraph graph, string typeName, string? fieldName = null) =>
        graph.PublicSchema.FindType(typeName) is { } type && (fieldName is null || (type as ComplexType)?.FindField(fieldName) is not null);

    // What is needed of a member and of the type that it is of.
    private static void Compare(
        string coordinate, AccessRequirement own, AccessRequirement ownNow, AccessRequirement type, AccessRequirement typeNow, ChangeList changes)
    {
        if (own.IsNone && ownNow.IsNone)
        {
            return;
        }

        var (old, now) = (own.And(type), ownNow.And(typeNow));
        if (!old.And(typeNow).Implies(now))
        {
            changes.Breaking(ChangeCode.AccessTightened, coordinate, $"{coordinate} requires {Text(now)} and required {Text(old)} before: not everybody who could see it still can.");
        }
        else if (!now.And(type).Implies(old))
        {
            changes.Dangerous(ChangeCode.AccessLoosened, coordinate, $"{coordinate} requires {Text(now)} and required {Text(old)} before: more can see it than before.");
        }
    }

    private static string Text(AccessRequirement requirement) =>
        requirement.IsNone ? "nothing" : string.Join(" ", requirement.ToDirectives().Select(Printer.Print));
}
