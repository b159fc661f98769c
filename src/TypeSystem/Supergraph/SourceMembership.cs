using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// Checks that what a ready-made supergraph says of its sources fits together: a source that serves a field has the field's type and the
/// type that it returns, and the names of types in strings are those of types. Without it there is nothing to plan with.
/// </summary>
internal sealed class SourceMembership(DocumentNode document, IReadOnlyDictionary<string, SupergraphTypeParts> parts, DirectiveReader reader)
{
    private readonly Dictionary<string, TypeDefinitionNode> types = document.Definitions.OfType<TypeDefinitionNode>()
        .DistinctBy(type => type.Name.Value).ToDictionary(type => type.Name.Value, StringComparer.Ordinal);

    private readonly string queryName = document.Definitions.OfType<SchemaDefinitionNode>().SelectMany(schema => schema.OperationTypes)
        .FirstOrDefault(root => root.Operation == OperationType.Query)?.Type.Name.Value ?? "Query";

    /// <summary>
    /// Reports what does not fit; <paramref name="typeDirective"/> is what says that a source has a type. Of a document in which other things
    /// are wrong nothing more is said.
    /// </summary>
    internal void Check(string typeDirective)
    {
        if (reader.HasErrors || types.Count < document.Definitions.OfType<TypeDefinitionNode>().Count())
        {
            return;
        }

        foreach (var type in types.Values.Where(type => parts.ContainsKey(type.Name.Value)))
        {
            var own = parts[type.Name.Value];
            foreach (var source in own.Sources)
            {
                CheckNames(type, source);
            }

            CheckGateways(type, own);
            // A field that is there twice is told elsewhere.
            var fields = SdlNodes.FieldsOf(type);
            var twice = own.Fields.Count == fields.Length ? [] : NamedTwice(fields);
            foreach (var field in fields)
            {
                if (own.Fields.TryGetValue(field.Name.Value, out var entries) && !twice.Contains(field.Name.Value))
                {
                    CheckField(type, own, field, entries, typeDirective);
                }
            }
        }
    }

    // PERF: asked only where the type's table of fields has not as many as there are.
    private static HashSet<string> NamedTwice(ImmutableArray<FieldDefinitionNode> fields)
    {
        var once = new HashSet<string>(StringComparer.Ordinal);
        return fields.Select(static field => field.Name.Value).Where(name => !once.Add(name)).ToHashSet(StringComparer.Ordinal);
    }

    private void CheckNames(TypeDefinitionNode type, TypeInSource source)
    {
        foreach (var name in source.Interfaces.Where(name => SdlNodes.InterfacesOf(type).All(it => it.Name.Value != name)))
        {
            reader.Report(type, $"{type.Name} is said to implement {name} in {source.Source}, but does not implement it.");
        }

        if (type is UnionTypeDefinitionNode union)
        {
            foreach (var name in source.PossibleTypes.Where(name => union.Members.All(member => member.Name.Value != name)))
            {
                reader.Report(type, $"{name} is said to be a member of {type.Name} in {source.Source}, but is none.");
            }
        }
    }

    // What the gateway answers itself is of one form, and on Query; it has no other source.
    private void CheckGateways(TypeDefinitionNode type, SupergraphTypeParts own)
    {
        var id = types.GetValueOrDefault(GatewaySource.Interface) is InterfaceTypeDefinitionNode nodes
            ? nodes.Fields.FirstOrDefault(field => field.Name.Value == GatewaySource.IdField)
            : null;
        foreach (var field in SdlNodes.FieldsOf(type).Where(field => own.GatewayFields.Contains(field.Name.Value)))
        {
            if (type.Name.Value != queryName || !GatewaySource.IsForm(field) || id?.Type.ToString() != "ID!" || !id.Arguments.IsEmpty)
            {
                reader.Report(field, $"{type.Name}.{field.Name} is said to be answered by the gateway, which answers {GatewaySource.FormOf(GatewaySource.OneField)} and {GatewaySource.FormOf(GatewaySource.ManyField)} on the query type, "
                    + "of an interface Node with id: ID!.");
            }
            else if (own.Fields.ContainsKey(field.Name.Value))
            {
                reader.Report(field, $"{type.Name}.{field.Name} is said to be answered by the gateway, and by a source.");
            }
        }
    }

    private void CheckField(TypeDefinitionNode type, SupergraphTypeParts own, FieldDefinitionNode field, List<FieldInSource> entries, string typeDirective)
    {
        var seen = entries.Count > 1 ? new HashSet<int>() : null;
        foreach (var entry in entries)
        {
            var name = SdlNodes.NamedOf(entry.Type).Name.Value;
            if (seen?.Add(entry.Source.Ordinal) == false)
            {
                reader.Report(field, $"{type.Name}.{field.Name} names the source {entry.Source} twice.");
            }
            else if (!IsIn(own, entry.Source) && !IsInterfaceObject(type, entry.Source))
            {
                reader.Report(field, $"{type.Name}.{field.Name} is said to be served by {entry.Source}, but {type.Name} has no @{typeDirective} of that source.");
            }
            else if (!types.TryGetValue(name, out var result))
            {
                if (entry.Type != field.Type && SpecifiedScalars.All.All(scalar => scalar.Name != name))
                {
                    reader.Report(field, $"The type of {type.Name}.{field.Name} in {entry.Source} is said to be {Printer.Print(entry.Type)}, but there is no type {name}.");
                }
            }
            else if (result is ObjectTypeDefinitionNode or InterfaceTypeDefinitionNode or UnionTypeDefinitionNode
                && parts.TryGetValue(name, out var target) && !IsIn(target, entry.Source))
            {
                reader.Report(field, $"{type.Name}.{field.Name} is said to be served by {entry.Source}, but its type {name} has no @{typeDirective} of that source.");
            }
        }
    }

    private static bool IsIn(SupergraphTypeParts type, SourceSchema source)
    {
        foreach (var known in type.Sources)
        {
            if (known.Source == source)
            {
                return true;
            }
        }

        return false;
    }

    // Such a source serves the objects of the interface without knowing their types.
    private bool IsInterfaceObject(TypeDefinitionNode type, SourceSchema source) => SdlNodes.InterfacesOf(type).Any(it =>
        parts.TryGetValue(it.Name.Value, out var own) && own.Sources.Any(other => other.IsInterfaceObject && other.Source == source));
}
