using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Checks one step of a plan: where it stands, what it waits for, its document and how its answer is read.</summary>
internal sealed class StepVerifier(PlanIndex index, FetchStep step, Fills fills, StepSet ended, TriedKeys tried, Repetitions repetitions, List<string> problems)
{
    private readonly QueryPlan plan = index.Plan;
    private readonly SourceFacts facts = index.Of(step.Source);
    private ResultShape shape = index.Plan.Root;

    public void Verify()
    {
        if (!FollowPath() || Checked(index.DocumentOf(step)) is not { } operation)
        {
            return;
        }

        CheckTargets();
        CheckVariables(operation);
        if ((step.Kind == FetchKind.Lookup || step.Inputs.Length > 1) && Checked(PlanIndex.Parse(step.Document.WithAliases(2))) is { } batch)
        {
            CheckBatch(operation, batch);
        }

        var entry = new EntryVerifier(index, step, shape, fills, ended, tried, problems);
        if (entry.Verify(operation) is { } target)
        {
            new SelectionVerifier(index, step, fills, entry, repetitions, problems).Verify(target.Set, target.TypeName, step.Selection, shape, step.TargetTypes);
            CheckTypesAreTold(step.Selection, shape, step.TargetTypes);
        }
    }

    private bool FollowPath()
    {
        foreach (var field in step.Path)
        {
            if (field.Parent != shape || field.Shape is null || field.Slot >= shape.Fields.Count || shape.Fields[field.Slot] != field)
            {
                problems.Add($"the path does not lead through {field}");
                return false;
            }

            if (fills.FilledBy(field, ended).IsEmpty)
            {
                problems.Add($"it does not wait for {field}, which its path goes through");
            }

            shape = field.Shape;
        }

        CheckAskedOfAll();
        return true;
    }

    // Where the path leads through a slot that is for some types, and nobody has told these yet, other objects are asked as well: for what they are asked anyway.
    private void CheckAskedOfAll()
    {
        for (var depth = 0; depth < step.Path.Length; depth++)
        {
            var (field, there) = (step.Path[depth], fills.Arrived(step.Path[depth].Parent).Intersect(index.Seen));
            var below = step.Path.AsSpan()[(depth + 1)..].ToArray();
            if (!field.IsHidden && !there.IsSubsetOf(field.AppliesTo) && !fills.IsTypeKnown(field.Parent, there, ended)
                && !AskedOfAll.Is(field, there, slot => AskedOfAll.AsksBelow(slot, below, step.Selection, index.Sent)))
            {
                problems.Add($"it asks objects below {field} for what is asked of some types, and does not wait for the step that tells them apart");
            }
        }
    }

    private void CheckTargets()
    {
        if (step.TargetTypes.IsEmpty || !step.TargetTypes.IsSubsetOf(fills.Arrived(shape)))
        {
            problems.Add("it targets types that are not there");
        }

        if (step.TargetTypes != fills.Arrived(shape) && !fills.IsTypeKnown(shape, step.TargetTypes, ended))
        {
            problems.Add("it targets some types, and does not wait for the step that tells them apart");
        }

        if (step.Kind == FetchKind.Root && ((!step.Path.IsEmpty && shape.Type.Name != plan.Supergraph.FullSchema.QueryType?.Name) || !step.Inputs.IsEmpty))
        {
            problems.Add("a root fetch has inputs, or a path that does not lead to Query");
        }
    }

    // An object of unknown type is filled with the fields of all types only: the step's targets, and what it brings that does not say its type.
    private void CheckTypesAreTold(FetchSelectionSet selection, ResultShape at, TypeSet types)
    {
        // Mostly they came with their types.
        if (!fills.IsTypeKnown(at, types, ended, step.Id))
        {
            var there = fills.Arrived(at);
            var seen = there.Intersect(index.Seen);
            // What no client sees is null for them, and has none of what they select.
            if (selection.Fields.Any(read => !(read.Target.IsHidden ? there : seen).IsSubsetOf(read.AppliesTo)))
            {
                problems.Add("it fills fields of some types, and does not wait for the step that tells them apart");
            }
        }

        foreach (var field in selection.Fields)
        {
            if (field is { Selection: { } below, Target.Shape: { } shapeBelow })
            {
                CheckTypesAreTold(below, shapeBelow, fills.Arrived(shapeBelow));
            }
        }
    }

    private void CheckVariables(OperationDefinitionNode operation)
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in step.Inputs)
        {
            if (!expected.TryAdd(input.VariableName, $"${input.VariableName}: {input.Type}"))
            {
                problems.Add($"two inputs are called {input.VariableName}");
            }
        }

        foreach (var name in step.ForwardedVariables)
        {
            var definition = index.VariableOf(name);
            var text = definition is null ? "" : $"${name}: {definition.Type}"
                + (definition.DefaultValue is null ? "" : " = " + Printer.Print(definition.DefaultValue));
            if (definition is null || !expected.TryAdd(name, text))
            {
                problems.Add($"{name} is no variable of the client, or an input has its name");
            }
        }

        var used = UsedVariables(operation.SelectionSet);
        var defined = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in operation.VariableDefinitions)
        {
            if (!defined.TryAdd(variable.Variable.Name.Value, Printer.Print(variable)))
            {
                problems.Add($"the document defines {variable.Variable.Name.Value} twice");
            }
        }

        if (!used.SetEquals(defined.Keys) || !used.SetEquals(expected.Keys) || expected.Any(pair => defined[pair.Key] != pair.Value))
        {
            problems.Add("the variables that the document defines, those that it uses and those that are sent differ");
        }
    }

    // The batch by aliases repeats the same call with the inputs' names suffixed.
    private void CheckBatch(OperationDefinitionNode operation, OperationDefinitionNode batch)
    {
        var inputs = step.Inputs.Select(input => input.VariableName).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < batch.SelectionSet.Selections.Length; i++)
        {
            var suffix = $"_{i}";
            if (!SameCall.Is(batch.SelectionSet.Selections[i], suffix, operation.SelectionSet.Selections[0], name => inputs.Contains(name) ? name + suffix : name))
            {
                problems.Add("the batch by aliases is not the same call");
            }
        }

        var defined = batch.VariableDefinitions.Select(variable => variable.Variable.Name.Value).ToHashSet(StringComparer.Ordinal);
        if (!defined.SetEquals(UsedVariables(batch.SelectionSet)) || defined.Count != batch.VariableDefinitions.Length)
        {
            problems.Add("the batch by aliases does not define the variables that it uses, each once");
        }
    }

    private OperationDefinitionNode? Checked(OperationDefinitionNode? operation)
    {
        if (operation is not null)
        {
            var isWrite = step.Kind == FetchKind.Root && step.Path.IsEmpty && plan.Operation.Kind != OperationType.Query;
            if (operation.Operation != (isWrite ? plan.Operation.Kind : OperationType.Query))
            {
                problems.Add("the document is of a wrong kind");
            }

            // Conditions are decided before a plan is made: what a source leaves out, nobody expects.
            if (!operation.Directives.IsEmpty || !IsPlain(operation.SelectionSet))
            {
                problems.Add("the document has directives, or gives an argument twice");
            }

            return operation;
        }

        problems.Add("the document does not parse to one operation");
        return null;
    }

    private static bool IsPlain(SelectionSetNode set) => set.Selections.All(selection => selection.Directives.IsEmpty && selection switch
    {
        FieldNode field => field.Arguments.DistinctBy(argument => argument.Name.Value).Count() == field.Arguments.Length
            && (field.SelectionSet is not { } below || IsPlain(below)),
        InlineFragmentNode fragment => IsPlain(fragment.SelectionSet),
        _ => false,
    });

    private static HashSet<string> UsedVariables(SelectionSetNode set)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        AddVariables(set, used);
        return used;
    }

    private static void AddVariables(SelectionSetNode set, HashSet<string> used)
    {
        foreach (var selection in set.Selections)
        {
            foreach (var argument in (selection as FieldNode)?.Arguments ?? [])
            {
                AddVariables(argument.Value, used);
            }

            if ((selection is InlineFragmentNode fragment ? fragment.SelectionSet : (selection as FieldNode)?.SelectionSet) is { } below)
            {
                AddVariables(below, used);
            }
        }
    }

    private static void AddVariables(ValueNode value, HashSet<string> used)
    {
        switch (value)
        {
            case VariableNode variable:
                used.Add(variable.Name.Value);
                break;
            case ListValueNode list:
                foreach (var item in list.Values)
                {
                    AddVariables(item, used);
                }

                break;
            case ObjectValueNode @object:
                foreach (var field in @object.Fields)
                {
                    AddVariables(field.Value, used);
                }

                break;
        }
    }
}
