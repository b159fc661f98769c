using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>
/// The part of a schema that a client may use. What it may not see is not there, nor is what can only be reached through it, and the rest is a
/// schema by itself: an interface lacks a field that one of its objects lacks. Immutable.
/// </summary>
public sealed class SchemaView
{
    private readonly Schema schema;
    private readonly HashSet<string> hidden = new(StringComparer.Ordinal);
    private readonly HashSet<FieldDefinition> hiddenFields = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<NamedType> shown = new(ReferenceEqualityComparer.Instance);

    private SchemaView(Schema schema) => this.schema = schema;

    /// <summary>What of a schema the client may use; null where that is all of it.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="index">What its graph requires.</param>
    /// <param name="outcome">What of all requirements the client does not meet.</param>
    public static SchemaView? Of(Schema schema, AccessIndex index, AccessOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.IsFree)
        {
            return null;
        }

        var view = new SchemaView(schema);
        view.Hide(index, outcome);
        while (view.HideWhatIsLeft())
        {
        }

        foreach (var root in view.Roots())
        {
            view.Show(root);
        }

        foreach (var argument in schema.DirectiveDefinitions.SelectMany(directive => directive.Arguments))
        {
            view.Show(argument.Type.Named);
        }

        return view;
    }

    /// <summary>True when the type is a part of it. Types of introspection are, and so are the scalars of GraphQL itself that it uses.</summary>
    public bool Shows(NamedType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return shown.Contains(type) || type.Name.StartsWith("__", StringComparison.Ordinal) || IsRoot(type);
    }

    /// <summary>True when the field is a part of it, its type being one.</summary>
    public bool Shows(FieldDefinition field) => !hiddenFields.Contains(field);

    private IEnumerable<ObjectType> Roots() => new[] { schema.QueryType, schema.MutationType, schema.SubscriptionType }.OfType<ObjectType>();

    private bool IsRoot(NamedType type) => Roots().Contains(type);

    private void Hide(AccessIndex index, AccessOutcome outcome)
    {
        foreach (var type in schema.Types)
        {
            if (index.OfType(type.Name) is { } number && outcome.Unmet.Contains(number) && !IsRoot(type))
            {
                hidden.Add(type.Name);
            }

            foreach (var field in (type as ComplexType)?.Fields ?? [])
            {
                if (outcome.Unmet.Overlaps(index.OfField(type.Name, field.Name)))
                {
                    hiddenFields.Add(field);
                }
            }
        }
    }

    // True when something more was hidden.
    private bool HideWhatIsLeft()
    {
        var count = hidden.Count + hiddenFields.Count;
        foreach (var type in schema.Types)
        {
            if (type is ComplexType complex)
            {
                HideIn(complex);
            }

            var isEmpty = type is ComplexType { Fields: var fields } ? fields.All(hiddenFields.Contains)
                : type is UnionType union && union.Members.All(member => hidden.Contains(member.Name));
            if (isEmpty && !IsRoot(type))
            {
                hidden.Add(type.Name);
            }
        }

        return hidden.Count + hiddenFields.Count > count;
    }

    private void HideIn(ComplexType type)
    {
        foreach (var field in type.Fields.Where(field => field.Type.Named is CompositeType && hidden.Contains(field.Type.Named.Name)))
        {
            hiddenFields.Add(field);
        }

        foreach (var @interface in hidden.Contains(type.Name) ? [] : type.Interfaces)
        {
            foreach (var field in @interface.Fields.Where(field => type.FindField(field.Name) is { } own && hiddenFields.Contains(own)))
            {
                hiddenFields.Add(field);
            }
        }
    }

    // What an argument takes is shown even where nobody may see it in an answer: without it the argument would have no type.
    private void Show(NamedType type)
    {
        if ((type is CompositeType && hidden.Contains(type.Name) && !IsRoot(type)) || !shown.Add(type))
        {
            return;
        }

        foreach (var below in Below(type))
        {
            Show(below);
        }
    }

    private IEnumerable<NamedType> Below(NamedType type) => type switch
    {
        ComplexType complex => complex.Fields.Where(Shows).SelectMany(field => field.Arguments.Select(argument => argument.Type.Named).Prepend(field.Type.Named))
            .Concat(complex.Interfaces)
            .Concat(complex is InterfaceType @interface ? @interface.PossibleTypes.Ordinals().Select(ordinal => (NamedType)schema.ObjectTypes[ordinal]) : []),
        UnionType union => union.Members,
        InputObjectType input => input.Fields.Select(field => field.Type.Named),
        _ => [],
    };
}
