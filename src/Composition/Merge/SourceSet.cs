using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>All sources of a composition, their members grouped by name. <c>@internal</c> members are in no group.</summary>
internal sealed class SourceSet
{
    private readonly Dictionary<string, HashSet<string>> possibleTypes = new(StringComparer.Ordinal);

    internal SourceSet(ImmutableArray<SourceModel> models)
    {
        Models = models;
        foreach (var type in models.SelectMany(model => model.Types.Values).Where(type => !type.IsInternal))
        {
            if (!Types.TryGetValue(type.Name, out var group))
            {
                Types.Add(type.Name, group = new TypeGroup(type.Name));
            }

            group.Add(type);
        }
    }

    internal ImmutableArray<SourceModel> Models { get; }

    internal OrderedDictionary<string, TypeGroup> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>True when every source is Apollo's: then its codes and its milder rules hold; else the stricter ones.</summary>
    internal bool IsApollo => Models.All(model => model.IsApollo);

    internal IEnumerable<FieldGroup> Fields => Types.Values.SelectMany(type => type.Fields.Values);

    /// <summary>The group of a field, or null.</summary>
    internal FieldGroup? Field(string typeName, string fieldName) =>
        Types.GetValueOrDefault(typeName)?.Fields.GetValueOrDefault(fieldName);

    /// <summary>The names of the object types that a type can be, in any source.</summary>
    internal IReadOnlySet<string> PossibleTypes(string typeName)
    {
        if (possibleTypes.TryGetValue(typeName, out var known))
        {
            return known;
        }

        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in Types.GetValueOrDefault(typeName)?.Sources ?? [])
        {
            switch (type.Definition)
            {
                case ObjectType when !type.IsInterfaceObject:
                    result.Add(type.Name);
                    break;
                case UnionType union:
                    result.UnionWith(union.Members.Select(member => member.Name));
                    break;
                case InterfaceType @interface:
                    result.UnionWith(@interface.PossibleTypes.Ordinals().Select(ordinal => type.Model.Schema.ObjectTypes[ordinal].Name));
                    break;
            }
        }

        result.RemoveWhere(name => !Types.ContainsKey(name));
        possibleTypes.Add(typeName, result);
        return result;
    }
}

/// <summary>All sources' types of one name.</summary>
internal sealed class TypeGroup(string name)
{
    internal string Name { get; } = name;

    internal List<SourceType> Sources { get; } = [];

    internal TypeKind Kind => Sources[0].Kind;

    internal bool IsInaccessible => Sources.Any(type => type.IsInaccessible);

    internal OrderedDictionary<string, FieldGroup> Fields { get; } = new(StringComparer.Ordinal);

    internal IEnumerable<Place> Places => Sources.Select(type => type.Place);

    /// <summary>The input fields of that name in all sources that have it.</summary>
    internal IEnumerable<SourceInputField> InputFields(string fieldName) =>
        from type in Sources
        let field = (type.Definition as InputObjectType)?.FindField(fieldName)
        where field is not null
        select new SourceInputField(type, field);

    /// <summary>The names of all input fields, in order of appearance.</summary>
    internal IEnumerable<string> InputFieldNames =>
        Sources.SelectMany(type => (type.Definition as InputObjectType)?.Fields ?? []).Select(input => input.Name).Distinct();

    internal void Add(SourceType type)
    {
        Sources.Add(type);
        foreach (var field in type.Fields.Values.Where(field => !field.IsInternal))
        {
            if (!Fields.TryGetValue(field.Name, out var group))
            {
                Fields.Add(field.Name, group = new FieldGroup(this, field.Name));
            }

            group.Sources.Add(field);
        }
    }
}

/// <summary>All sources' fields of one name on types of one name.</summary>
internal sealed class FieldGroup(TypeGroup type, string name)
{
    internal TypeGroup Type { get; } = type;

    internal string Name { get; } = name;

    internal string Coordinate => $"{Type.Name}.{Name}";

    internal List<SourceField> Sources { get; } = [];

    internal bool IsInaccessible => Sources.Any(source => source.IsInaccessible);

    /// <summary>The names of all arguments, in order of appearance.</summary>
    internal IEnumerable<string> ArgumentNames =>
        Sources.SelectMany(source => source.Definition.Arguments).Select(argument => argument.Name).Distinct();

    internal IEnumerable<SourceArgument> Arguments(string argumentName) =>
        from field in Sources
        let argument = field.Definition.FindArgument(argumentName)
        where argument is not null
        select new SourceArgument(field, argument);
}

/// <summary>An argument of a field of one source.</summary>
internal sealed record SourceArgument(SourceField Field, InputValueDefinition Definition)
{
    internal bool IsRequirement => Field.RequiredArguments.ContainsKey(Definition.Name);

    internal bool IsInaccessible => Directives.Has(Definition.Directives, "inaccessible");

    internal Place Place => Field.PlaceOf(Definition);
}

/// <summary>An input field of one source.</summary>
internal sealed record SourceInputField(SourceType Type, InputValueDefinition Definition)
{
    internal bool IsInaccessible => Directives.Has(Definition.Directives, "inaccessible");

    internal Place Place => Type.Model.At(Definition.Origin);
}
