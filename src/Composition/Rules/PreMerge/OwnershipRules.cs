namespace GraphGateway.Composition;

/// <summary>OVERRIDE_SOURCE_HAS_OVERRIDE (§4.2.6), INVALID_FIELD_SHARING (§4.2.7).</summary>
internal static class OwnershipRules
{
    /// <summary>
    /// A chain of overrides is fine (c from b, b from a), but for Apollo, and so where a source of the field is Apollo's; a circle has no
    /// owner, and a fork has two.
    /// </summary>
    internal static void OverrideSourceHasOverride(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.ComparedFields)
        {
            var uses = group.Sources.Where(field => field.Override is not null).ToArray();
            if (uses.Length < 2)
            {
                continue;
            }

            var reason = IsCircle(uses)
                ? "they go in a circle, so that nobody owns the field"
                : uses.GroupBy(field => field.Override!.From).Any(same => same.Skip(1).Any())
                    ? "two of them take it from the same source, so that two would own it"
                    : group.Sources.Exists(field => field.Model.IsApollo) && IsChain(uses)
                        ? "one takes it from a source that takes it from another, which Apollo Federation does not allow, and a source of the field writes that dialect"
                        : null;
            if (reason is not null)
            {
                problems.Error(
                    ProblemCode.OverrideSourceHasOverride,
                    $"{group.Coordinate} has several @override ("
                    + string.Join(", ", uses.Select(field => $"{field.Model.Name} from {field.Override!.From}")) + $"): {reason}.",
                    "Keep @override in the source that shall own the field, and remove the field from the others.",
                    uses.Select(field => field.Override!.Place));
            }
        }
    }

    internal static void InvalidFieldSharing(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.ComparedFields.Where(group => group.Type.Kind == TypeKind.Object && !group.IsGateways))
        {
            var owners = group.Sources
                .Where(field => !field.IsExternal && !field.IsOverridden && !field.IsKeyField && Overrides.ConditionOf(group, field) is null)
                .ToArray();
            if (owners.Length > 1 && group.Type.Name == "Subscription")
            {
                problems.Error(
                    ProblemCode.InvalidShareableUsage,
                    $"{group.Coordinate} is defined in {Words.And(owners.Select(field => field.Model.Name))}, and the events of a subscription come from one source.",
                    "Keep the field in one source, or give it different names.",
                    owners.Select(field => field.Place));
            }
            else if (owners.Length > 1 && owners.Any(field => !field.IsShareable))
            {
                problems.Error(
                    ProblemCode.InvalidFieldSharing,
                    $"{group.Coordinate} is resolved by {Words.And(owners.Select(field => field.Model.Name))}, and not marked as @shareable in "
                    + $"{Words.And(owners.Where(field => !field.IsShareable).Select(field => field.Model.Name))}.{Overrides.FromNone(sources, owners)}",
                    GlobalObjects.Hint(sources, group.Type.Name, group.Name)
                    ?? "Mark it as @shareable in all of them if they give the same value; otherwise keep it in one, or rename it in the others.",
                    owners.Select(field => field.Place));
            }
        }
    }

    private static bool IsChain(SourceField[] uses) =>
        Array.Exists(uses, field => Array.Exists(uses, other => other.Model.Name == field.Override!.From));

    private static bool IsCircle(SourceField[] uses)
    {
        foreach (var start in uses)
        {
            var next = start;
            for (var steps = 0; steps < uses.Length && next is not null; steps++)
            {
                next = Array.Find(uses, field => field.Model.Name == next!.Override!.From);
                if (next == start)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
