using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Decides which elements of the composed schema a contract hides.</summary>
internal sealed class ContractFilter
{
    private readonly SchemaContract contract;
    private readonly Dictionary<string, TypeDefinitionNode> types;
    private readonly HashSet<string> hidden = new(StringComparer.Ordinal);

    private ContractFilter(DocumentNode document, SchemaContract contract)
    {
        this.contract = contract;
        types = document.Definitions.OfType<TypeDefinitionNode>().ToDictionary(type => type.Name.Value, StringComparer.Ordinal);
    }

    /// <summary>The coordinates of everything that clients of the contract do not see, what is <c>@inaccessible</c> anyway included.</summary>
    internal static HashSet<string> Hidden(DocumentNode document, SchemaContract contract)
    {
        var filter = new ContractFilter(document, contract);
        foreach (var element in ContractElements.Of(document))
        {
            if (filter.IsHidden(element))
            {
                filter.hidden.Add(element.Coordinate);
            }
        }

        filter.HideEmptyTypes();
        if (contract.HideUnreachableTypes)
        {
            filter.HideUnreachable(document);
        }

        return filter.hidden;
    }

    /// <summary>The tags of an element itself.</summary>
    internal static IEnumerable<string> Tags(ImmutableArray<DirectiveNode> directives) => directives
        .Where(directive => directive.Name.Value == WellKnownDirectives.Tag)
        .Select(directive => (directive.Argument("name") as StringValueNode)?.Value)
        .OfType<string>();

    private bool IsHidden(ContractElement element)
    {
        if (WellKnownDirectives.IsInaccessible(element.Directives) || hidden.Contains(element.Parent))
        {
            return true;
        }

        var tags = Tags(element.Directives).ToHashSet(StringComparer.Ordinal);
        if (element.Node is FieldDefinitionNode)
        {
            tags.UnionWith(Tags(types[element.Parent].Directives));
        }

        return tags.Overlaps(contract.ExcludeTags)
            || (!contract.IncludeTags.IsEmpty
                && element.Node is FieldDefinitionNode or UnionTypeDefinitionNode
                && !tags.Overlaps(contract.IncludeTags));
    }

    private void HideEmptyTypes()
    {
        // A union is empty when its members are, so that unions come last.
        foreach (var type in types.Values.OrderBy(type => type is UnionTypeDefinitionNode))
        {
            var isEmpty = type switch
            {
                UnionTypeDefinitionNode union => union.Members.All(member => hidden.Contains(member.Name.Value)),
                EnumTypeDefinitionNode @enum => @enum.Values.All(value => hidden.Contains($"{type.Name}.{value.Name}")),
                InputObjectTypeDefinitionNode input => input.Fields.All(field => hidden.Contains($"{type.Name}.{field.Name}")),
                ObjectTypeDefinitionNode or InterfaceTypeDefinitionNode =>
                    ContractElements.FieldsOf(type).All(field => hidden.Contains($"{type.Name}.{field.Name}")),
                _ => false,
            };
            if (isEmpty)
            {
                hidden.Add(type.Name.Value);
            }
        }
    }

    private void HideUnreachable(DocumentNode document)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>(document.Definitions.OfType<SchemaDefinitionNode>()
            .SelectMany(schema => schema.OperationTypes).Select(root => root.Type.Name.Value));
        while (waiting.TryPop(out var name))
        {
            if (!hidden.Contains(name) && types.TryGetValue(name, out var type) && reached.Add(name))
            {
                foreach (var next in Neighbours(type))
                {
                    waiting.Push(next);
                }
            }
        }

        hidden.UnionWith(types.Keys.Where(name => !reached.Contains(name)));
    }

    private IEnumerable<string> Neighbours(TypeDefinitionNode type)
    {
        var name = type.Name.Value;
        foreach (var field in ContractElements.FieldsOf(type).Where(field => !hidden.Contains($"{name}.{field.Name}")))
        {
            yield return ContractElements.NamedType(field.Type);
            foreach (var argument in field.Arguments.Where(argument => !hidden.Contains($"{name}.{field.Name}({argument.Name}:)")))
            {
                yield return ContractElements.NamedType(argument.Type);
            }
        }

        var others = type switch
        {
            ObjectTypeDefinitionNode @object => @object.Interfaces.Select(@interface => @interface.Name.Value),
            // A field that returns the interface returns its objects.
            InterfaceTypeDefinitionNode @interface => @interface.Interfaces.Select(parent => parent.Name.Value).Concat(types.Values
                .Where(other => InterfacesOf(other).Any(it => it.Name.Value == name))
                .Select(other => other.Name.Value)),
            UnionTypeDefinitionNode union => union.Members.Select(member => member.Name.Value),
            InputObjectTypeDefinitionNode input => input.Fields.Where(field => !hidden.Contains($"{name}.{field.Name}"))
                .Select(field => ContractElements.NamedType(field.Type)),
            _ => [],
        };
        foreach (var other in others)
        {
            yield return other;
        }
    }

    internal static ImmutableArray<NamedTypeNode> InterfacesOf(TypeDefinitionNode type) => type switch
    {
        ObjectTypeDefinitionNode @object => @object.Interfaces,
        InterfaceTypeDefinitionNode @interface => @interface.Interfaces,
        _ => [],
    };
}
