using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Differential;

/// <summary>How a set of sources came out of composition.</summary>
internal enum SetFate
{
    /// <summary>Refused for another reason than a query that cannot be answered.</summary>
    Invalid,
    Accepted,
    Refused,
}

/// <summary>Whether composition and the planner agree on a set.</summary>
/// <param name="Fate">What composition says.</param>
/// <param name="Kind">Empty where they agree; else how they do not, in a few words.</param>
/// <param name="Detail">The query, and what each says.</param>
/// <param name="QueryCount">How many queries were planned.</param>
internal sealed record Verdict(SetFate Fate, string Kind, string Detail, int QueryCount);

/// <summary>Holds what composition says of a set of sources beside what the planner can do with it.</summary>
internal static class Agreement
{
    private const string Refusal = "No source can answer ";

    /// <summary>Checks a set.</summary>
    /// <param name="lines">The sources one after the other, each with a line <c>--- name</c> or <c>--- name apollo</c> before it.</param>
    /// <param name="queriesMax">How many queries are planned of a set that is accepted, for each choice of labels.</param>
    public static Verdict Of(IEnumerable<string> lines, int queriesMax)
    {
        try
        {
            return Judge(lines, queriesMax);
        }
        catch (Exception exception) when (exception is NullReferenceException or KeyNotFoundException or IndexOutOfRangeException or ArgumentException)
        {
            // A mistake of ours like any other: with its seed, and made smaller.
            return new Verdict(SetFate.Accepted, $"{exception.GetType().Name} {exception.TargetSite?.Name}", exception.ToString(), 0);
        }
    }

    private static Verdict Judge(IEnumerable<string> lines, int queriesMax)
    {
        var inputs = Inputs(lines);
        var result = Composer.Compose(inputs);
        if (result.Supergraph is { } accepted)
        {
            return Accepted(accepted, queriesMax);
        }

        var refusals = result.Problems.Where(problem => problem.Code is ProblemCode.UnsatisfiableQueryPath or ProblemCode.SatisfiabilityError).ToList();
        if (refusals.Count == 0 || Composer.Compose(inputs, new ComposerOptions { CheckSatisfiability = false }).Supergraph is not { } refused)
        {
            return new Verdict(SetFate.Invalid, "", string.Join('\n', result.Problems), 0);
        }

        var choices = LabelChoices(refused);
        var isTypeUnknown = refusals.Exists(problem => problem.Message.Contains("only as an interface object", StringComparison.Ordinal));
        foreach (var message in refusals.Select(problem => problem.Message))
        {
            var plans = choices.ConvertAll(labels => Plan(refused, QueryOf(message), labels));
            if (!plans.Exists(plan => IsMissed(plan, message, isTypeUnknown) || IsFedByItself(plan, message)))
            {
                return new Verdict(SetFate.Refused, "refused, but the planner can", $"{message}\n{PlanPrinter.Print(plans[0])}", plans.Count);
            }
        }

        return new Verdict(SetFate.Refused, "", "", refusals.Count * choices.Count);
    }

    private static ImmutableArray<SourceInput> Inputs(IEnumerable<string> lines)
    {
        var inputs = ImmutableArray.CreateBuilder<SourceInput>();
        var (head, text) = ((string[])[], new List<string>());
        foreach (var line in lines.Append("---"))
        {
            if (!line.StartsWith("---", StringComparison.Ordinal))
            {
                text.Add(line);
                continue;
            }

            if (head.Length > 1)
            {
                inputs.Add(new SourceInput
                {
                    Name = head[1],
                    Documents = [new SourceText(string.Join('\n', text), head[1])],
                    Settings = new SourceSettings { Dialect = head.Contains("apollo") ? SourceDialect.Apollo : SourceDialect.Composite },
                });
            }

            head = line.Split(' ');
            text.Clear();
        }

        return inputs.ToImmutable();
    }

    private static Verdict Accepted(Supergraph supergraph, int queriesMax)
    {
        var count = 0;
        foreach (var labels in LabelChoices(supergraph))
        {
            foreach (var query in new ClientPaths(supergraph.PublicSchema, queriesMax).Queries())
            {
                count++;
                var plan = Plan(supergraph, query, labels);
                // What several sources only answer together none answers by its own schema.
                var gaps = plan.Unservable.Where(field => field.Cause == UnservableCause.NoSource && !IsUntold(supergraph, field)).Concat(plan.OnlyTogether)
                    .Select(field => field.Detail).ToList();
                var wrong = PlanVerifier.Verify(plan, labels);
                if (gaps.Count > 0 || wrong.Length > 0)
                {
                    return new Verdict(SetFate.Accepted, gaps.Count > 0 ? "accepted, but the planner cannot" : "the verifier complains",
                        $"{query}\nlabels: {string.Join(' ', labels)}\n{string.Join('\n', gaps.Concat(wrong))}\n{PlanPrinter.Print(plan)}", count);
                }
            }
        }

        return new Verdict(SetFate.Accepted, "", "", count);
    }

    // Composition does not look at objects of an interface that no object type implements.
    private static bool IsUntold(Supergraph supergraph, UnservableField field) =>
        field.Types.Ordinals().All(ordinal => UntoldTypes.IsOne(supergraph.FullSchema.ObjectTypes[ordinal]));

    // "No source can answer QUERY, at TYPE.FIELD: ...", "..., and Mutation.field is done by one source alone. ..." or, of node(id:), "QUERY: ..."
    private static string QueryOf(string message)
    {
        var end = Regex.Match(message, @"\}(, (at|and) |: )");
        return end.Success ? message[Refusal.Length..(end.Index + 1)] : throw new InvalidOperationException($"Not a refusal that is known here: {message}");
    }

    // The planner says so, too; or it asks a source that returns an object where others return an interface, so that nothing of further
    // objects is fetched: composition wants those answered all the same, as Apollo does. Where nobody can tell an interface object's type,
    // nothing of its types can be served, and of a union's member that not all know nothing is fetched: the planner says so above what is named.
    private static bool IsMissed(QueryPlan plan, string message, bool isTypeUnknown)
    {
        // Of an object that the gateway cannot find by its id, no source decides whether it is there, so that the id is an error.
        if (Regex.Match(message, @"\}: (\w+) implements ") is { Success: true } lost)
        {
            return !plan.Steps.Any(step => step.Decides.Ordinals().Any(ordinal => plan.Supergraph.FullSchema.ObjectTypes[ordinal].Name == lost.Groups[1].Value));
        }

        var named = Regex.Match(message, @"\}, at \w+\.(\w+)").Groups[1].Value;
        var missed = plan.Unservable.Where(field => field.Cause != UnservableCause.TooManyKinds).Concat(plan.OnlyTogether).Select(field => field.Field.Definition.Name).ToList();
        var isUnshared = plan.Unservable.Any(field => field.Cause == UnservableCause.UnsharedMember);
        return named.Length == 0 || isTypeUnknown || isUnshared ? missed.Count > 0
            : missed.Contains(named) || missed.Contains("__typename")
                || (missed.Count == 0 && plan.Supergraph.Types.Any(type => type.Fields.Any(IsNarrowed)) && !plan.Steps.Any(step => Fetches(step.Selection, named)));
    }

    private static bool IsNarrowed(SupergraphField field) => field.Field.Type.Named is InterfaceType @interface
        && field.Sources.Any(entry => entry.Type.ToString()!.Trim('[', ']', '!') != @interface.Name);

    private static bool Fetches(FetchSelectionSet selection, string name) =>
        selection.Fields.Any(field => (!field.Target.IsHidden && field.Target.Definition.Name == name) || (field.Selection is { } below && Fetches(below, name)));

    // The Composite Schemas specification (ResolveRequirements) wants what @require names from other sources; the planner takes it from
    // the requiring source as well, where that gives it.
    private static bool IsFedByItself(QueryPlan plan, string message) =>
        plan.Unservable.IsEmpty && message.Contains(" requires ", StringComparison.Ordinal) && plan.Steps.Any(step =>
            step.Source.Dialect == SourceDialect.Composite
            && step.Selection.Fields.Any(field => !field.Requires.IsEmpty)
            && Before(plan, step).Any(other => other.Source == step.Source));

    private static IEnumerable<FetchStep> Before(QueryPlan plan, FetchStep step) =>
        step.DependsOn.Select(id => plan.Steps[id]).SelectMany(before => Before(plan, before).Prepend(before));

    private static QueryPlan Plan(Supergraph supergraph, string query, ImmutableHashSet<string> labels)
    {
        var parsed = Parser.ParseDocument(new SourceText(query)).Value ?? throw new InvalidOperationException($"Not a query: {query}");
        var validated = Validator.Validate(supergraph.PublicSchema, parsed);
        var document = validated.Document ?? throw new InvalidOperationException($"Not valid: {query}\n{string.Join('\n', validated.Errors.Select(error => error.Message))}");
        var normalized = Normalizer.Normalize(document.Operations.Single(), ConditionValues.None);
        return QueryPlanner.Plan(supergraph, normalized.Operation ?? throw new InvalidOperationException(normalized.Error!.Message), PlannerOptions.Default with { ActiveLabels = labels });
    }

    private static List<ImmutableHashSet<string>> LabelChoices(Supergraph supergraph)
    {
        List<ImmutableHashSet<string>> choices = [[]];
        foreach (var label in supergraph.OverrideLabels)
        {
            choices.AddRange([.. choices.Select(choice => choice.Add(label))]);
        }

        return choices;
    }
}
