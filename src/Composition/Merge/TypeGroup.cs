using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>All sources' types of one name.</summary>
internal sealed class TypeGroup(string name)
{
    private ImmutableArray<string> interfaces;

    internal string Name { get; } = name;

    internal List<SourceType> Sources { get; } = new(1);

    internal TypeKind Kind => Sources[0].Kind;

    internal bool IsInaccessible => Sources.Exists(type => type.IsInaccessible);

    /// <summary>All its sources write Apollo's dialect, whose rules then hold.</summary>
    internal bool IsApollo => Sources.TrueForAll(type => type.Model.IsApollo);

    internal OrderedDictionary<string, FieldGroup> Fields { get; } = new(StringComparer.Ordinal);

    internal IEnumerable<Place> Places => Sources.Select(type => type.Place);

    /// <summary>The names of the interfaces that it implements in any source.</summary>
    internal ImmutableArray<string> Interfaces
    {
        get
        {
            if (interfaces.IsDefault)
            {
                interfaces = Sources.Count == 1 ? Sources[0].Interfaces : [.. Sources.SelectMany(source => source.Interfaces).Distinct()];
            }

            return interfaces;
        }
    }

    /// <summary>The input fields of that name in all sources that have it.</summary>
    internal IEnumerable<SourceInputField> InputFields(string fieldName) =>
        from type in Sources
        let field = (type.Definition as InputObjectType)?.FindField(fieldName)
        where field is not null
        select new SourceInputField(type, field);

    /// <summary>Where the sources have an enum value or an input field of that name.</summary>
    /// <param name="memberName">Its name.</param>
    /// <param name="isHidden">True for those with <c>@inaccessible</c> alone.</param>
    internal IEnumerable<Place> MemberPlaces(string memberName, bool isHidden = false)
    {
        bool Counts(ImmutableArray<DirectiveNode> directives) => !isHidden || Directives.Has(directives, "inaccessible");
        foreach (var type in Sources)
        {
            if ((type.Definition as InputObjectType)?.FindField(memberName) is { } field && Counts(field.Directives))
            {
                yield return type.Model.At(field.Origin);
            }
            else if ((type.Definition as EnumType)?.FindValue(memberName) is { } value && Counts(value.Directives))
            {
                yield return type.Model.At(value.Origin);
            }
        }
    }

    /// <summary>The names of all input fields, in order of appearance.</summary>
    internal IEnumerable<string> InputFieldNames =>
        Sources.SelectMany(type => (type.Definition as InputObjectType)?.Fields ?? []).Select(input => input.Name).Distinct();

    /// <summary>True when sources were left out because they have another kind of type.</summary>
    internal bool IsPartOnly { get; private set; }

    /// <inheritdoc cref="SourceSet.RemoveOtherKinds"/>
    internal void RemoveOtherKinds()
    {
        if (Sources.TrueForAll(type => type.Kind == Kind))
        {
            return;
        }

        IsPartOnly = true;
        var types = Sources.Where(type => type.Kind == Kind).ToArray();
        Sources.Clear();
        Fields.Clear();
        foreach (var type in types)
        {
            Add(type);
        }
    }

    internal void Add(SourceType type)
    {
        Sources.Add(type);
        interfaces = default;
        foreach (var field in type.Fields.Values)
        {
            if (field.IsInternal)
            {
                continue;
            }

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

    internal List<SourceField> Sources { get; } = new(1);

    internal bool IsInaccessible => Sources.Exists(source => source.IsInaccessible);

    /// <inheritdoc cref="SourceField.IsGateways"/>
    internal bool IsGateways => Sources.Exists(source => source.IsGateways);

    /// <inheritdoc cref="TypeGroup.IsApollo"/>
    internal bool IsApollo => Sources.TrueForAll(source => source.Model.IsApollo);

    /// <summary>The sources that do not call it external; where all do, all.</summary>
    internal IReadOnlyList<SourceField> Owners =>
        Sources.Exists(source => source.IsExternal) && Sources.Exists(source => !source.IsExternal)
            ? [.. Sources.Where(source => !source.IsExternal)]
            : Sources;

    /// <summary>The names of all arguments, in order of appearance.</summary>
    internal IEnumerable<string> ArgumentNames => Sources.Exists(source => !source.Definition.Arguments.IsEmpty)
        ? Sources.SelectMany(source => source.Definition.Arguments).Select(argument => argument.Name).Distinct()
        : [];

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

    /// <summary>A value further up gives it (Apollo's <c>@fromContext</c>).</summary>
    internal bool IsContextual => Field.ContextArguments.ContainsKey(Definition.Name);

    internal bool IsInaccessible => Directives.Has(Definition.Directives, "inaccessible");

    internal Place Place => Field.PlaceOf(Definition);
}

/// <summary>An input field of one source.</summary>
internal sealed record SourceInputField(SourceType Type, InputValueDefinition Definition)
{
    internal bool IsInaccessible => Directives.Has(Definition.Directives, "inaccessible");

    internal Place Place => Type.Model.At(Definition.Origin);
}
