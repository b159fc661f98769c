using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>Compares the definitions of directives.</summary>
internal static class DirectiveComparison
{
    internal static void Compare(Schema before, Schema after, ChangeList changes)
    {
        foreach (var old in before.DirectiveDefinitions)
        {
            if (after.FindDirective(old.Name) is { } now)
            {
                Compare(old, now, changes);
            }
            else
            {
                changes.Breaking(ChangeCode.DirectiveRemoved, "@" + old.Name, $"{old.Name} was removed.");
            }
        }

        foreach (var now in after.DirectiveDefinitions.Where(directive => before.FindDirective(directive.Name) is null))
        {
            changes.Safe(ChangeCode.DirectiveAdded, "@" + now.Name, $"{now.Name} was added.");
        }
    }

    private static void Compare(DirectiveDefinition old, DirectiveDefinition now, ChangeList changes)
    {
        var coordinate = "@" + old.Name;
        changes.Description(coordinate, old.Description, now.Description);
        foreach (var argument in old.Arguments)
        {
            if (now.FindArgument(argument.Name) is { } kept)
            {
                CompareArgument($"{coordinate}({argument.Name}:)", argument, kept, changes);
            }
            else
            {
                changes.Breaking(ChangeCode.DirectiveArgRemoved, $"{coordinate}({argument.Name}:)", $"{argument.Name} was removed from {old.Name}.");
            }
        }

        foreach (var argument in now.Arguments.Where(argument => old.FindArgument(argument.Name) is null))
        {
            var at = $"{coordinate}({argument.Name}:)";
            if (argument.IsRequired)
            {
                changes.Breaking(ChangeCode.RequiredDirectiveArgAdded, at, $"A required arg {argument.Name} on directive {old.Name} was added.");
            }
            else
            {
                changes.Safe(ChangeCode.OptionalDirectiveArgAdded, at, $"An optional arg {argument.Name} on directive {old.Name} was added.");
            }
        }

        if (old.IsRepeatable && !now.IsRepeatable)
        {
            changes.Breaking(ChangeCode.DirectiveRepeatableRemoved, coordinate, $"Repeatable flag was removed from {old.Name}.");
        }
        else if (!old.IsRepeatable && now.IsRepeatable)
        {
            changes.Safe(ChangeCode.DirectiveRepeatableAdded, coordinate, $"{old.Name} has become repeatable.");
        }

        foreach (var location in old.Locations.Except(now.Locations))
        {
            changes.Breaking(ChangeCode.DirectiveLocationRemoved, coordinate, $"{location.ToWire()} was removed from {old.Name}.");
        }

        foreach (var location in now.Locations.Except(old.Locations))
        {
            changes.Safe(ChangeCode.DirectiveLocationAdded, coordinate, $"{location.ToWire()} was added to {old.Name}.");
        }
    }

    private static void CompareArgument(string coordinate, InputValueDefinition old, InputValueDefinition now, ChangeList changes)
    {
        if (!InputComparison.IsSafeInput(old.Type, now.Type))
        {
            changes.Breaking(ChangeCode.DirectiveArgChangedKind, coordinate, $"{coordinate} changed type from {old.Type} to {now.Type}.");
        }

        InputComparison.CompareDefaults(
            coordinate, coordinate, old, now, ChangeCode.DirectiveArgDefaultValueChange, ChangeCode.DirectiveArgDefaultValueChange, changes);
    }
}
