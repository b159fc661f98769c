using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>Compares what clients send: arguments and input objects.</summary>
internal static class InputComparison
{
    internal static void CompareInputObjects(InputObjectType old, InputObjectType now, ChangeList changes)
    {
        if (!old.IsOneOf && now.IsOneOf)
        {
            changes.Breaking(ChangeCode.InputObjectBecameOneOf, old.Name, $"{old.Name} now takes exactly one of its fields (@oneOf).");
        }
        else if (old.IsOneOf && !now.IsOneOf)
        {
            changes.Safe(ChangeCode.InputObjectNoLongerOneOf, old.Name, $"{old.Name} is no longer limited to one of its fields (@oneOf).");
        }

        foreach (var field in old.Fields)
        {
            var coordinate = $"{old.Name}.{field.Name}";
            if (now.FindField(field.Name) is { } kept)
            {
                CompareInputFields(coordinate, field, kept, changes);
            }
            else
            {
                changes.Removed(ChangeCode.FieldRemoved, coordinate, $"{coordinate} was removed.", field.DeprecationReason);
            }
        }

        foreach (var field in now.Fields.Where(field => old.FindField(field.Name) is null))
        {
            var coordinate = $"{old.Name}.{field.Name}";
            if (field.IsRequired)
            {
                changes.Breaking(
                    ChangeCode.RequiredInputFieldAdded, coordinate, $"A required field {field.Name} on input type {old.Name} was added.");
            }
            else
            {
                changes.Dangerous(
                    ChangeCode.OptionalInputFieldAdded, coordinate, $"An optional field {field.Name} on input type {old.Name} was added.");
            }
        }
    }

    internal static void CompareArguments(FieldDefinition old, FieldDefinition now, ChangeList changes)
    {
        foreach (var argument in old.Arguments)
        {
            var coordinate = $"{old}({argument.Name}:)";
            if (now.FindArgument(argument.Name) is { } kept)
            {
                CompareArgument(coordinate, $"{old} arg {argument.Name}", argument, kept, changes);
            }
            else
            {
                changes.Removed(ChangeCode.ArgRemoved, coordinate, $"{old} arg {argument.Name} was removed.", argument.DeprecationReason);
            }
        }

        foreach (var argument in now.Arguments.Where(argument => old.FindArgument(argument.Name) is null))
        {
            var coordinate = $"{old}({argument.Name}:)";
            if (argument.IsRequired)
            {
                changes.Breaking(ChangeCode.RequiredArgAdded, coordinate, $"A required arg {argument.Name} on {old} was added.");
            }
            else
            {
                changes.Dangerous(ChangeCode.OptionalArgAdded, coordinate, $"An optional arg {argument.Name} on {old} was added.");
            }
        }
    }

    /// <summary>True when every value of the old type is one of the new type.</summary>
    internal static bool IsSafeInput(GraphQLType old, GraphQLType now) => (old, now) switch
    {
        (NonNullType oldInner, NonNullType nowInner) => IsSafeInput(oldInner.OfType, nowInner.OfType),
        (NonNullType oldInner, _) => IsSafeInput(oldInner.OfType, now),
        (_, NonNullType) => false,
        (ListType oldList, ListType nowList) => IsSafeInput(oldList.OfType, nowList.OfType),
        (NamedType, NamedType) => old.Named.Name == now.Named.Name,
        _ => false,
    };

    /// <summary>A default value, with the fields of its objects in the order of their names: their order means nothing.</summary>
    internal static string Text(ValueNode value) => value switch
    {
        ListValueNode list => $"[{string.Join(", ", list.Values.Select(Text))}]",
        ObjectValueNode @object => "{" + string.Join(
            ", ",
            @object.Fields.OrderBy(field => field.Name.Value, StringComparer.Ordinal).Select(field => $"{field.Name.Value}: {Text(field.Value)}")) + "}",
        StringValueNode text => Printer.Print(new StringValueNode(0, 0, text.Value, isBlock: false)),
        _ => Printer.Print(value),
    };

    private static void CompareInputFields(string coordinate, InputValueDefinition old, InputValueDefinition now, ChangeList changes)
    {
        var (from, to) = (old.Type.ToString()!, now.Type.ToString()!);
        if (!IsSafeInput(old.Type, now.Type))
        {
            changes.Breaking(ChangeCode.FieldChangedKind, coordinate, $"{coordinate} changed type from {from} to {to}.");
        }
        else if (from != to)
        {
            changes.Safe(ChangeCode.InputFieldTypeWidened, coordinate, $"{coordinate} changed type from {from} to {to}.");
        }

        CompareDefaults(
            coordinate, coordinate, old, now, ChangeCode.InputFieldDefaultValueChange, ChangeCode.InputFieldDefaultValueAdded, changes);
        changes.Description(coordinate, old.Description, now.Description);
        changes.Deprecation(coordinate, old.DeprecationReason, now.DeprecationReason);
    }

    private static void CompareArgument(
        string coordinate, string words, InputValueDefinition old, InputValueDefinition now, ChangeList changes)
    {
        var (from, to) = (old.Type.ToString()!, now.Type.ToString()!);
        if (!IsSafeInput(old.Type, now.Type))
        {
            changes.Breaking(ChangeCode.ArgChangedKind, coordinate, $"{words} has changed type from {from} to {to}.");
        }
        else
        {
            if (from != to)
            {
                changes.Safe(ChangeCode.ArgTypeWidened, coordinate, $"{words} has changed type from {from} to {to}.");
            }

            CompareDefaults(coordinate, words, old, now, ChangeCode.ArgDefaultValueChange, ChangeCode.ArgDefaultValueAdded, changes);
        }

        changes.Description(coordinate, old.Description, now.Description);
        changes.Deprecation(coordinate, old.DeprecationReason, now.DeprecationReason);
    }

    internal static void CompareDefaults(
        string coordinate,
        string words,
        InputValueDefinition old,
        InputValueDefinition now,
        ChangeCode changed,
        ChangeCode added,
        ChangeList changes)
    {
        var from = old.DefaultValue is null ? null : Text(DefaultValues.Normalize(old.DefaultValue, old.Type));
        var to = now.DefaultValue is null ? null : Text(DefaultValues.Normalize(now.DefaultValue, now.Type));
        if (from is not null && to is null)
        {
            // Where the value must not be null, a request that left it out is refused from now on.
            if (now.Type.IsNonNull)
            {
                changes.Breaking(changed, coordinate, $"{words} defaultValue was removed.");
            }
            else
            {
                changes.Dangerous(changed, coordinate, $"{words} defaultValue was removed.");
            }
        }
        else if (from is not null && from != to)
        {
            changes.Dangerous(changed, coordinate, $"{words} has changed defaultValue from {from} to {to}.");
        }
        else if (from is null && to is not null)
        {
            changes.Dangerous(added, coordinate, $"{words} has got the defaultValue {to}.");
        }
    }
}
