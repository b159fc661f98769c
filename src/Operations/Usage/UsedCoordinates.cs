using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Operations;

/// <summary>
/// Which members of the schema an operation uses, as <see href="https://spec.graphql.org/September2025/#sec-Schema-Coordinates">schema coordinates</see>: what could
/// break it if it changed. <c>Type.field</c> and <c>Type.field(argument:)</c> of what it selects and gives, by the type that it is selected on; types that its fields
/// return, that its fragments name and its variables have; input fields and enum values that it writes, and of a variable's type all of them, since what clients send
/// is not looked at; <c>@directive</c> and its arguments. GraphQL's own (<c>__typename</c>, <c>String</c>, <c>@skip</c>) are left out.
/// </summary>
public static class UsedCoordinates
{
    /// <summary>The coordinates, each once, in ordinal order.</summary>
    /// <param name="operation">The operation; of its document only what it reaches counts.</param>
    public static ImmutableArray<string> Of(ValidOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var walk = new Walk(operation.Document);
        walk.AddOperation(operation);
        return [.. walk.Found];
    }

    private sealed class Walk(ValidDocument document)
    {
        private readonly HashSet<string> fragments = new(StringComparer.Ordinal);
        private readonly HashSet<NamedType> wholes = [];
        private readonly Schema schema = document.Schema;

        public SortedSet<string> Found { get; } = new(StringComparer.Ordinal);

        public void AddOperation(ValidOperation operation)
        {
            AddDirectives(operation.Definition.Directives);
            foreach (var variable in operation.Definition.VariableDefinitions)
            {
                AddDirectives(variable.Directives);
                AddWhole(schema.TypeFrom(variable.Type)!.Named);
            }

            Add(operation.Definition.SelectionSet, operation.RootType);
        }

        private void Add(SelectionSetNode selections, CompositeType parent)
        {
            foreach (var selection in selections.Selections)
            {
                AddDirectives(selection.Directives);
                switch (selection)
                {
                    case FieldNode field when schema.FindField(parent, field.Name.Value) is { } definition && !field.Name.Value.StartsWith("__", StringComparison.Ordinal):
                        AddField(field, parent, definition);
                        break;
                    case InlineFragmentNode fragment:
                        AddFragment(fragment.TypeCondition, fragment.SelectionSet, parent);
                        break;
                    case FragmentSpreadNode spread when fragments.Add(spread.Name.Value):
                        var named = document.Fragments[spread.Name.Value];
                        AddDirectives(named.Directives);
                        AddFragment(named.TypeCondition, named.SelectionSet, parent);
                        break;
                }
            }
        }

        private void AddFragment(NamedTypeNode? condition, SelectionSetNode selections, CompositeType parent)
        {
            var type = condition is null ? parent : (CompositeType)schema.FindType(condition.Name.Value)!;
            Add(type);
            Add(selections, type);
        }

        private void AddField(FieldNode field, CompositeType parent, FieldDefinition definition)
        {
            var coordinate = $"{parent.Name}.{field.Name.Value}";
            Found.Add(coordinate);
            Add(parent);
            Add(definition.Type.Named);
            AddArguments(coordinate, field.Arguments, definition.FindArgument);
            if (field.SelectionSet is { } selections)
            {
                Add(selections, (CompositeType)definition.Type.Named);
            }
        }

        private void AddDirectives(ImmutableArray<DirectiveNode> directives)
        {
            foreach (var directive in directives)
            {
                if (schema.FindDirective(directive.Name.Value) is { IsBuiltIn: false } definition)
                {
                    Found.Add($"@{directive.Name.Value}");
                    AddArguments($"@{directive.Name.Value}", directive.Arguments, definition.FindArgument);
                }
            }
        }

        private void AddArguments(string owner, ImmutableArray<ArgumentNode> arguments, Func<string, InputValueDefinition?> find)
        {
            foreach (var argument in arguments)
            {
                Found.Add($"{owner}({argument.Name.Value}:)");
                AddValue(argument.Value, find(argument.Name.Value)!.Type.Named);
            }
        }

        private void AddValue(ValueNode value, NamedType type)
        {
            Add(type);
            switch (value)
            {
                case ListValueNode list:
                    foreach (var item in list.Values)
                    {
                        AddValue(item, type);
                    }

                    break;
                case ObjectValueNode @object when type is InputObjectType input:
                    foreach (var field in @object.Fields)
                    {
                        Found.Add($"{input.Name}.{field.Name.Value}");
                        AddValue(field.Value, input.FindField(field.Name.Value)!.Type.Named);
                    }

                    break;
                case EnumValueNode name when type is EnumType:
                    Found.Add($"{type.Name}.{name.Value}");
                    break;
            }
        }

        // A default value is within it.
        private void AddWhole(NamedType type)
        {
            Add(type);
            if (!wholes.Add(type))
            {
                return;
            }

            foreach (var value in (type as EnumType)?.Values ?? [])
            {
                Found.Add($"{type.Name}.{value.Name}");
            }

            foreach (var field in (type as InputObjectType)?.Fields ?? [])
            {
                Found.Add($"{type.Name}.{field.Name}");
                AddWhole(field.Type.Named);
            }
        }

        private void Add(NamedType type)
        {
            if (!type.IsBuiltIn)
            {
                Found.Add(type.Name);
            }
        }
    }
}
