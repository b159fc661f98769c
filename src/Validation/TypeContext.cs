using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// The types at one place of a document, kept by <see cref="DocumentWalker"/>. Null means that there is none, or that the document
/// names one that the schema lacks.
/// </summary>
internal sealed class TypeContext
{
    /// <summary>The output type of the field, or the type of the operation or fragment, that the walk is in.</summary>
    public GraphQLType? Type { get; set; }

    /// <summary>The type that the current selection set selects from.</summary>
    public CompositeType? ParentType { get; set; }

    /// <summary>The field that the walk is in.</summary>
    public FieldDefinition? Field { get; set; }

    /// <summary>The directive that the walk is in.</summary>
    public DirectiveDefinition? Directive { get; set; }

    /// <summary>The argument that the walk is in.</summary>
    public InputValueDefinition? Argument { get; set; }

    /// <summary>The type that the current value is to have.</summary>
    public GraphQLType? InputType { get; set; }

    /// <summary>The type around <see cref="InputType"/>: of the list or the input object that the value is in.</summary>
    public GraphQLType? ParentInputType { get; set; }

    /// <summary>The default of the argument or input field that the value is given to.</summary>
    public ValueNode? DefaultValue { get; set; }
}
