using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>The fields that keys, lookups and requirements of a ready-made supergraph name are fields of the document's types.</summary>
internal sealed class NamedFields(DocumentNode document, DirectiveReader reader)
{
    private readonly Dictionary<string, TypeDefinitionNode> types = document.Definitions.OfType<TypeDefinitionNode>()
        .DistinctBy(type => type.Name.Value).ToDictionary(type => type.Name.Value, StringComparer.Ordinal);

    /// <summary>Reports what is no field.</summary>
    /// <param name="type">Directives of types whose argument is a selection of the type's fields.</param>
    /// <param name="field">Directives of fields whose argument is a selection of the fields beside.</param>
    /// <param name="below">Directives of fields whose argument is a selection of what the field returns.</param>
    internal void Check(
        ImmutableArray<(string Directive, string Argument)> type,
        ImmutableArray<(string Directive, string Argument)> field,
        ImmutableArray<(string Directive, string Argument)> below)
    {
        foreach (var definition in types.Values)
        {
            Check(definition.Directives, type, definition);
            foreach (var member in SdlNodes.FieldsOf(definition))
            {
                Check(member.Directives, field, definition);
                if (types.TryGetValue(SdlNodes.NamedOf(member.Type).Name.Value, out var returned))
                {
                    Check(member.Directives, below, returned);
                }
            }
        }
    }

    private void Check(ImmutableArray<DirectiveNode> directives, ImmutableArray<(string Directive, string Argument)> selecting, TypeDefinitionNode type)
    {
        foreach (var directive in directives)
        {
            foreach (var (name, argument) in selecting)
            {
                if (directive.Name.Value == name)
                {
                    Check(directive, argument, type);
                }
            }
        }
    }

    // What does not parse was told.
    private void Check(DirectiveNode directive, string argument, TypeDefinitionNode type)
    {
        if (DirectiveReader.Text(directive, argument) is { } text && Parser.ParseSelectionSet(new SourceText(text)).Value is { } selection)
        {
            Check(directive, argument, type, selection);
        }
    }

    private void Check(DirectiveNode directive, string argument, TypeDefinitionNode type, SelectionSetNode selection)
    {
        foreach (var node in selection.Selections)
        {
            if (node is InlineFragmentNode fragment)
            {
                if (Find(directive, argument, fragment.TypeCondition?.Name.Value ?? type.Name.Value) is { } target)
                {
                    Check(directive, argument, target, fragment.SelectionSet);
                }
            }
            else if (node is FieldNode { Name.Value: not "__typename" } field)
            {
                var definition = SdlNodes.FieldsOf(type).FirstOrDefault(known => known.Name.Value == field.Name.Value);
                if (definition is null)
                {
                    Report(directive, argument, $"{type.Name} has no field \"{field.Name}\".");
                }
                else if (field.SelectionSet is not null && Find(directive, argument, SdlNodes.NamedOf(definition.Type).Name.Value) is { } below)
                {
                    Check(directive, argument, below, field.SelectionSet);
                }
            }
        }
    }

    private TypeDefinitionNode? Find(DirectiveNode directive, string argument, string name)
    {
        if (types.TryGetValue(name, out var type))
        {
            return type;
        }

        Report(directive, argument, $"There is no type {name}.");
        return null;
    }

    private void Report(DirectiveNode directive, string argument, string message) =>
        reader.Report(directive.Arguments.First(given => given.Name.Value == argument), $"\"{argument}\" of @{directive.Name}: {message}");
}
