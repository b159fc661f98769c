using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;

namespace GraphGateway.Operations;

/// <summary>A selection set as written, and the type that it is written on.</summary>
internal readonly record struct Contribution(SelectionSetNode SelectionSet, CompositeType Type);

/// <summary>A field as written, the type that it is selected on, and the object types for which it is reached.</summary>
internal readonly record struct FieldOccurrence(FieldNode Node, CompositeType ParentType, TypeSet Types);

/// <summary>Builds normalised selection sets from the top down: collect, group, descend.</summary>
internal sealed class SelectionSetBuilder(ValidDocument document, ConditionValues conditions, NormalizerOptions options)
{
    // PERF: the lists of positions that are done, for those to come.
    private readonly Stack<List<FieldOccurrence>> spare = new();
    private int fieldCount;
    private int depth;

    /// <summary>The limit that is passed; what was built then is of no use.</summary>
    internal GraphQLError? Error { get; private set; }

    /// <summary>The variables in the arguments of the fields that are selected.</summary>
    internal HashSet<string> UsedVariables { get; } = new(StringComparer.Ordinal);

    /// <summary>The merged selection set of one position of the answer.</summary>
    /// <param name="type">The position's type.</param>
    /// <param name="contributions">
    /// What is written for it. Each type is a type of the position: a value belongs to all of them, so that only what is possible for all is.
    /// </param>
    internal NormalizedSelectionSet Build(CompositeType type, params ReadOnlySpan<Contribution> contributions)
    {
        if (!Enter(contributions[0].SelectionSet))
        {
            return new NormalizedSelectionSet(type, []);
        }

        // 1. Collect, in document order, all fields with the types for which each is reached.
        var possibleTypes = type.PossibleTypes;
        foreach (var contribution in contributions)
        {
            possibleTypes = possibleTypes.Intersect(contribution.Type.PossibleTypes);
        }

        var occurrences = spare.TryPop(out var list) ? list : [];
        Dictionary<string, TypeSet>? visited = null;
        foreach (var contribution in contributions)
        {
            Collect(contribution.SelectionSet, contribution.Type, possibleTypes, ref visited, occurrences);
        }

        // 2. Group them so that each type has each response key once.
        var groups = FieldGrouping.Group(occurrences, hasTypes: !type.PossibleTypes.IsEmpty);
        occurrences.Clear();
        spare.Push(occurrences);

        // 3. Descend into the groups.
        var fields = new NormalizedField[groups.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = BuildField(groups[i]);
        }

        depth--;
        return new NormalizedSelectionSet(type, ImmutableCollectionsMarshal.AsImmutableArray(fields));
    }

    /// <summary>One field of an object type out of all its nodes.</summary>
    internal NormalizedField BuildField(ObjectType parentType, IReadOnlyList<FieldNode> nodes)
    {
        var group = new FieldGroup(parentType.PossibleTypes, 0, Occurrence(nodes[0]));
        foreach (var node in nodes.Skip(1))
        {
            group.Add(Occurrence(node));
        }

        return BuildField(group);

        FieldOccurrence Occurrence(FieldNode node) => new(node, parentType, parentType.PossibleTypes);
    }

    private NormalizedField BuildField(FieldGroup group)
    {
        var (node, parentType, _) = group.First;
        var definition = DefinitionOf(group.First);
        foreach (var argument in node.Arguments)
        {
            CollectVariables(argument.Value);
        }

        return new NormalizedField
        {
            ResponseKey = node.ResponseKey,
            ParentType = parentType,
            SelectedEarlier = [.. group.Earlier],
            Definition = definition,
            Arguments = node.Arguments,
            AppliesTo = group.Types,
            SelectionSet = definition.Type.Named is CompositeType type ? BuildBelow(group, type) : null,
            Node = node,
        };
    }

    private NormalizedSelectionSet BuildBelow(FieldGroup group, CompositeType type)
    {
        if (group.More.IsEmpty)
        {
            return Build(type, new Contribution(group.First.Node.SelectionSet!, type));
        }

        var contributions = new Contribution[group.More.Length + 1];
        contributions[0] = new Contribution(group.First.Node.SelectionSet!, type);
        for (var i = 1; i < contributions.Length; i++)
        {
            var occurrence = group.More[i - 1];
            contributions[i] = new Contribution(occurrence.Node.SelectionSet!, (CompositeType)DefinitionOf(occurrence).Type.Named);
        }

        return Build(type, contributions);
    }

    private FieldDefinition DefinitionOf(FieldOccurrence occurrence) =>
        document.Schema.FindField(occurrence.ParentType, occurrence.Node.Name.Value)
        ?? throw new InvalidOperationException($"{occurrence.ParentType} has no field {occurrence.Node.Name}, and yet the document is valid.");

    private void Collect(
        SelectionSetNode selectionSet, CompositeType type, TypeSet types, ref Dictionary<string, TypeSet>? visited, List<FieldOccurrence> into)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Fail(ErrorCode.MaxDepthExceeded, "The operation's fragments are nested too deeply.", selectionSet);
        }

        foreach (var selection in selectionSet.Selections)
        {
            if (Error is not null || !IsIncluded(selection.Directives))
            {
                continue;
            }

            switch (selection)
            {
                case FieldNode field:
                    Add(new FieldOccurrence(field, type, types), into);
                    break;
                case InlineFragmentNode inline:
                    CollectFragment(inline.SelectionSet, inline.TypeCondition is { } condition ? Find(condition) : type, types, ref visited, into);
                    break;
                case FragmentSpreadNode spread:
                    // For each type a fragment counts where it is first spread (Spec CollectFields, visitedFragments).
                    var fragment = document.Fragments[spread.Name.Value];
                    visited ??= new Dictionary<string, TypeSet>(StringComparer.Ordinal);
                    var earlier = visited.GetValueOrDefault(spread.Name.Value);
                    visited[spread.Name.Value] = earlier.Union(types);
                    CollectFragment(fragment.SelectionSet, Find(fragment.TypeCondition), types.Except(earlier), ref visited, into);
                    break;
            }
        }
    }

    private void CollectFragment(
        SelectionSetNode selectionSet, CompositeType type, TypeSet types, ref Dictionary<string, TypeSet>? visited, List<FieldOccurrence> into)
    {
        var narrowed = types.Intersect(type.PossibleTypes);
        if (!narrowed.IsEmpty || (types.IsEmpty && type.PossibleTypes.IsEmpty))
        {
            Collect(selectionSet, type, narrowed, ref visited, into);
        }
    }

    private CompositeType Find(NamedTypeNode condition) => (CompositeType)document.Schema.FindType(condition.Name.Value)!;

    // Spec §3.13.1, §3.13.2: skipped when @skip is true or @include is false; both may stand.
    private bool IsIncluded(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            var isSkip = directive.Name.Value == "skip";
            if ((isSkip || directive.Name.Value == "include") && IsTrue(directive.Argument("if")!) == isSkip)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsTrue(ValueNode condition) => condition is VariableNode variable
        ? conditions.IsTrue(variable.Name.Value)
        : ((BooleanValueNode)condition).Value;

    private void CollectVariables(ValueNode value)
    {
        switch (value)
        {
            case VariableNode variable:
                UsedVariables.Add(variable.Name.Value);
                break;
            case ListValueNode list:
                foreach (var item in list.Values)
                {
                    CollectVariables(item);
                }

                break;
            case ObjectValueNode @object:
                foreach (var field in @object.Fields)
                {
                    CollectVariables(field.Value);
                }

                break;
        }
    }

    private void Add(FieldOccurrence occurrence, List<FieldOccurrence> into)
    {
        fieldCount++;
        if (fieldCount > options.MaxFields)
        {
            Fail(ErrorCode.MaxFieldsExceeded, $"The operation selects more than {options.MaxFields} fields.", occurrence.Node);
            return;
        }

        into.Add(occurrence);
    }

    private bool Enter(SyntaxNode node)
    {
        depth++;
        if (depth > options.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Fail(ErrorCode.MaxDepthExceeded, $"The operation is nested deeper than {options.MaxDepth} selection sets.", node);
        }

        return Error is null;
    }

    private void Fail(ErrorCode code, string message, SyntaxNode at) =>
        Error ??= GraphQLError.At(document.Document.Source, message, code, at.Start);
}
