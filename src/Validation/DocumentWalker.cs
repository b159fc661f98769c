using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// Walks over the executable definitions of a document in document order, keeps the types of where it is, and calls at each
/// node the rules that listen there. Definitions of types are not entered: a document with one is not valid.
/// </summary>
internal sealed class DocumentWalker(ValidationContext context, TypeContext types, ValidationRule[] rules, RuleListeners listeners)
{
    /// <summary>A walk for rules whose listeners are not known yet.</summary>
    public DocumentWalker(ValidationContext context, TypeContext types, ValidationRule[] rules)
        : this(context, types, rules, RuleListeners.Of(rules))
    {
    }

    public void Walk(DocumentNode document)
    {
        foreach (var rule in rules)
        {
            rule.EnterDocument(document);
        }

        foreach (var definition in document.Definitions)
        {
            Walk(definition);
        }

        foreach (var rule in rules)
        {
            rule.LeaveDocument(document);
        }
    }

    /// <summary>One operation or fragment.</summary>
    public void Walk(DefinitionNode definition)
    {
        switch (definition)
        {
            case var _ when context.IsAborted:
                break;
            case OperationDefinitionNode operation:
                Operation(operation);
                break;
            case FragmentDefinitionNode fragment:
                Fragment(fragment);
                break;
        }
    }

    private void Operation(OperationDefinitionNode node)
    {
        types.Type = context.Schema.RootType(node.Operation);
        foreach (var index in listeners.EnterOperation)
        {
            rules[index].EnterOperation(node);
        }

        foreach (var variable in node.VariableDefinitions)
        {
            VariableDefinition(variable);
        }

        var location = node.Operation switch
        {
            OperationType.Query => DirectiveLocation.Query,
            OperationType.Mutation => DirectiveLocation.Mutation,
            _ => DirectiveLocation.Subscription,
        };
        Directives(node.Directives, location);
        SelectionSet(node.SelectionSet);
        foreach (var index in listeners.LeaveOperation)
        {
            rules[index].LeaveOperation(node);
        }

        types.Type = null;
    }

    private void Fragment(FragmentDefinitionNode node)
    {
        types.Type = OutputType(node.TypeCondition);
        foreach (var index in listeners.EnterFragment)
        {
            rules[index].EnterFragment(node);
        }

        Type(node.TypeCondition);
        Directives(node.Directives, DirectiveLocation.FragmentDefinition);
        SelectionSet(node.SelectionSet);
        types.Type = null;
    }

    private void VariableDefinition(VariableDefinitionNode node)
    {
        types.InputType = context.Schema.TypeFrom(node.Type) is { Named.IsInputType: true } type ? type : null;
        foreach (var index in listeners.EnterVariableDefinition)
        {
            rules[index].EnterVariableDefinition(node);
        }

        Type(node.Type);
        if (node.DefaultValue is not null)
        {
            Value(node.DefaultValue);
        }

        Directives(node.Directives, DirectiveLocation.VariableDefinition);
        types.InputType = null;
    }

    private void SelectionSet(SelectionSetNode node)
    {
        var outer = types.ParentType;
        types.ParentType = types.Type?.Named as CompositeType;
        foreach (var index in listeners.EnterSelectionSet)
        {
            rules[index].EnterSelectionSet(node);
        }

        foreach (var selection in node.Selections)
        {
            if (context.IsAborted)
            {
                break;
            }

            Selection(selection);
        }

        types.ParentType = outer;
    }

    private void Selection(SelectionNode node)
    {
        switch (node)
        {
            case FieldNode field:
                Field(field);
                break;
            case InlineFragmentNode fragment:
                InlineFragment(fragment);
                break;
            case FragmentSpreadNode spread:
                foreach (var index in listeners.EnterFragmentSpread)
                {
                    rules[index].EnterFragmentSpread(spread);
                }

                Directives(spread.Directives, DirectiveLocation.FragmentSpread);
                break;
        }
    }

    private void Field(FieldNode node)
    {
        var (outerField, outerType) = (types.Field, types.Type);
        types.Field = types.ParentType is null ? null : context.Schema.FindField(types.ParentType, node.Name.Value);
        types.Type = types.Field?.Type;
        foreach (var index in listeners.EnterField)
        {
            rules[index].EnterField(node);
        }

        Arguments(node.Arguments);
        Directives(node.Directives, DirectiveLocation.Field);
        if (node.SelectionSet is not null)
        {
            SelectionSet(node.SelectionSet);
        }

        foreach (var index in listeners.LeaveField)
        {
            rules[index].LeaveField(node);
        }

        (types.Field, types.Type) = (outerField, outerType);
    }

    private void InlineFragment(InlineFragmentNode node)
    {
        var outer = types.Type;
        types.Type = node.TypeCondition is null ? outer?.Named : OutputType(node.TypeCondition);
        foreach (var index in listeners.EnterInlineFragment)
        {
            rules[index].EnterInlineFragment(node);
        }

        if (node.TypeCondition is not null)
        {
            Type(node.TypeCondition);
        }

        Directives(node.Directives, DirectiveLocation.InlineFragment);
        SelectionSet(node.SelectionSet);
        types.Type = outer;
    }

    private void Directives(ImmutableArray<DirectiveNode> nodes, DirectiveLocation location)
    {
        foreach (var node in nodes)
        {
            types.Directive = context.Schema.FindDirective(node.Name.Value);
            foreach (var index in listeners.EnterDirective)
            {
                rules[index].EnterDirective(node, location);
            }

            Arguments(node.Arguments);
            foreach (var index in listeners.LeaveDirective)
            {
                rules[index].LeaveDirective(node);
            }

            types.Directive = null;
        }
    }

    private void Arguments(ImmutableArray<ArgumentNode> nodes)
    {
        var (outerInput, outerParent, outerDefault) = (types.InputType, types.ParentInputType, types.DefaultValue);
        foreach (var node in nodes)
        {
            types.Argument = types.Directive is null
                ? types.Field?.FindArgument(node.Name.Value)
                : types.Directive.FindArgument(node.Name.Value);
            types.DefaultValue = types.Argument?.DefaultValue;
            types.ParentInputType = outerInput;
            types.InputType = types.Argument?.Type;
            foreach (var index in listeners.EnterArgument)
            {
                rules[index].EnterArgument(node);
            }

            Value(node.Value);
            types.Argument = null;
        }

        (types.InputType, types.ParentInputType, types.DefaultValue) = (outerInput, outerParent, outerDefault);
    }

    private void Value(ValueNode node)
    {
        switch (node)
        {
            case VariableNode variable:
                foreach (var index in listeners.EnterVariable)
                {
                    rules[index].EnterVariable(variable);
                }

                break;
            case ListValueNode list:
                List(list);
                break;
            case ObjectValueNode fields:
                Object(fields);
                break;
            default:
                foreach (var index in listeners.EnterLeafValue)
                {
                    rules[index].EnterLeafValue(node);
                }

                break;
        }
    }

    private void List(ListValueNode node)
    {
        var (outerInput, outerParent, outerDefault) = (types.InputType, types.ParentInputType, types.DefaultValue);
        types.ParentInputType = outerInput;
        types.InputType = outerInput?.Nullable is ListType list ? list.OfType : outerInput?.Nullable;
        types.DefaultValue = null;
        foreach (var index in listeners.EnterListValue)
        {
            rules[index].EnterListValue(node);
        }

        foreach (var value in node.Values)
        {
            Value(value);
        }

        foreach (var index in listeners.LeaveListValue)
        {
            rules[index].LeaveListValue(node);
        }

        (types.InputType, types.ParentInputType, types.DefaultValue) = (outerInput, outerParent, outerDefault);
    }

    private void Object(ObjectValueNode node)
    {
        foreach (var index in listeners.EnterObjectValue)
        {
            rules[index].EnterObjectValue(node);
        }

        var (outerInput, outerParent, outerDefault) = (types.InputType, types.ParentInputType, types.DefaultValue);
        foreach (var field in node.Fields)
        {
            var definition = (outerInput?.Named as InputObjectType)?.FindField(field.Name.Value);
            types.ParentInputType = outerInput;
            types.InputType = definition?.Type;
            types.DefaultValue = definition?.DefaultValue;
            foreach (var index in listeners.EnterObjectField)
            {
                rules[index].EnterObjectField(field);
            }

            Value(field.Value);
        }

        (types.InputType, types.ParentInputType, types.DefaultValue) = (outerInput, outerParent, outerDefault);
        foreach (var index in listeners.LeaveObjectValue)
        {
            rules[index].LeaveObjectValue(node);
        }
    }

    private void Type(TypeNode node)
    {
        while (node is not NamedTypeNode)
        {
            node = node is ListTypeNode list ? list.Type : ((NonNullTypeNode)node).Type;
        }

        foreach (var index in listeners.EnterNamedType)
        {
            rules[index].EnterNamedType((NamedTypeNode)node);
        }
    }

    private NamedType? OutputType(NamedTypeNode node) =>
        context.Schema.FindType(node.Name.Value) is { IsOutputType: true } type ? type : null;
}
