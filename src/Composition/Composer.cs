using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>What composition can be told.</summary>
public sealed record ComposerOptions
{
    /// <summary>False skips the check that every query can be answered; for tests of what comes before it.</summary>
    public bool CheckSatisfiability { get; init; } = true;

    /// <summary>
    /// True: the gateway answers <c>Query.node(id:)</c> and <c>Query.nodes(ids:)</c> of Relay's form, by reading the type from the id. False:
    /// they are fields like others. Null: the gateway answers them where several sources have <c>node</c> and not all of them the same
    /// nodes, and one of those writes the dialect of Composite Schemas; otherwise any of the sources can.
    /// </summary>
    public bool? EnableGlobalObjectIdentification { get; init; }

    /// <summary>Which part of the schema clients see; null: all of it.</summary>
    public SchemaContract? Contract { get; init; }

    /// <summary>True writes the supergraph's text, too (<see cref="CompositionResult.Text"/>), while it is checked on another core.</summary>
    public bool WritesText { get; init; }

    /// <summary>Ends composing, with an <see cref="OperationCanceledException"/>: sources are anybody's texts, and whoever sent them may be gone.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>
/// Composes source schemas into one supergraph
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Schema-Composition">Composite Schemas, Section 4</see>):
/// validate each source, validate them together, merge, validate the result, check that every query can be answered.
/// All problems of a phase are found at once; a phase with errors is the last one.
/// </summary>
public static class Composer
{
    /// <summary>The supergraph, or the problems that prevent it. Warnings come with either.</summary>
    public static CompositionResult Compose(ImmutableArray<SourceInput> inputs, ComposerOptions? options = null)
    {
        options ??= new ComposerOptions();
        try
        {
            var result = ComposeSources(inputs, options);
            return result with { Problems = ApolloCodes.Translate(result.Problems, inputs) };
        }
        catch (AggregateException exception) when (options.Cancellation.IsCancellationRequested)
        {
            // What is done on all cores ends on each of them.
            throw new OperationCanceledException(exception.Message, exception, options.Cancellation);
        }
    }

    /// <summary>What is wrong with each source on its own, where there is no composing them.</summary>
    /// <param name="inputs">Those that could be read.</param>
    /// <param name="isWhole">True when these are all: Federation 1 is read in the light of the other sources.</param>
    internal static CompositionResult CheckEach(ImmutableArray<SourceInput> inputs, bool isWhole)
    {
        var problems = ProblemSink.Bounded(default);
        if (!inputs.IsEmpty)
        {
            try
            {
                ReadEach(inputs, isWhole, problems);
            }
            catch (TooManyErrorsException)
            {
                // It has them.
            }
        }

        var result = problems.ResultOf(null);
        return result with { Problems = ApolloCodes.Translate(result.Problems, inputs) };
    }

    private static CompositionResult ComposeSources(ImmutableArray<SourceInput> inputs, ComposerOptions options)
    {
        var problems = ProblemSink.Bounded(options.Cancellation);
        try
        {
            return ComposeSources(inputs, options, problems);
        }
        catch (Exception exception) when (exception is TooManyErrorsException || (exception as AggregateException)?.Flatten().InnerExceptions.Any(inner => inner is TooManyErrorsException) == true)
        {
            return problems.ResultOf(null);
        }
    }

    private static CompositionResult ComposeSources(ImmutableArray<SourceInput> inputs, ComposerOptions options, ProblemSink problems)
    {
        var models = ReadEach(inputs, isWhole: true, problems);
        options.Cancellation.ThrowIfCancellationRequested();
        if (problems.HasErrors)
        {
            return problems.ResultOf(null);
        }

        // 3. The sources together, before merging.
        GlobalObjects.Apply(models, options.EnableGlobalObjectIdentification, problems);
        options.Cancellation.ThrowIfCancellationRequested();
        var sources = new SourceSet(models);
        ProductRules.Check(sources, problems);
        ComposeDirectiveRules.Check(sources, problems);
        if (problems.HasErrors)
        {
            return problems.ResultOf(null);
        }

        Overrides.Resolve(sources);
        PreMergeRules.Check(sources, problems);
        if (problems.HasErrors && models.Any(model => !model.IsApollo))
        {
            return problems.ResultOf(null);
        }

        options.Cancellation.ThrowIfCancellationRequested();

        // 4. Merge, and check the result. Merging finds further problems of Apollo's sources.
        var merged = SchemaMerger.Merge(sources, problems);
        if (sources.Models.All(model => model.IsApollo))
        {
            ApolloPostMergeRules.NoQueries(merged, problems);
        }

        if (!problems.HasErrors)
        {
            PostMergeRules.Check(merged, problems);
        }

        return problems.HasErrors ? problems.ResultOf(null) : Finish(merged, options, problems);
    }

    private static ImmutableArray<SourceModel> ReadEach(ImmutableArray<SourceInput> inputs, bool isWhole, ProblemSink problems)
    {
        // 1. Read each source into the model that both dialects share, and check each on its own.
        var models = SourceReader.Read(inputs, problems);
        SourceRules.Check(models.Where(model => !model.IsFederation1 && !problems.Concerns(model.Name)).ToArray(), problems);
        if (problems.HasErrors || !isWhole)
        {
            return models;
        }

        // 2. Federation 1 is read in the light of the other sources.
        Federation1Upgrade.Run(models, problems);
        SourceRules.Check(models.Where(model => model.IsFederation1 && !problems.Concerns(model.Name)).ToArray(), problems);
        return models;
    }

    private static CompositionResult Finish(MergedSchema merged, ComposerOptions options, ProblemSink problems)
    {
        options.Cancellation.ThrowIfCancellationRequested();

        // 5. Put the supergraph together.
        var document = MergedDocument.Of(merged, options.Cancellation);
        var parts = MergedParts.Of(merged, options.Cancellation);
        options.Cancellation.ThrowIfCancellationRequested();
        InterfaceObjects.Spread(document, parts);
        var assembled = SupergraphAssembler.Assemble(
            document, [.. merged.Sources.Models.Select(model => model.Source)], parts, isChecked: true, ComposedDirectives.Of(merged.Sources).Links,
            options.Cancellation.ThrowIfCancellationRequested);
        if (assembled.Supergraph is null)
        {
            InvalidResult.Report(assembled.Errors, merged.Sources.Models.Select(model => model.Input), problems);
            return problems.ResultOf(null);
        }

        // 6. Check that every query can be answered. Nearly always that is so, and then the text is what is wanted next.
        string? text = null;
        Parallel.Invoke(
            new ParallelOptions { CancellationToken = options.Cancellation },
            () =>
            {
                if (options.CheckSatisfiability)
                {
                    Satisfiability.Check(assembled.Supergraph.WithGateway, merged, problems, options.Cancellation);
                }
            },
            () => text = options is { WritesText: true, Contract: null } ? SupergraphWriter.Write(assembled.Supergraph) : null);
        if (problems.HasErrors)
        {
            return problems.ResultOf(null);
        }

        if (options.Contract is not { } contract)
        {
            return problems.ResultOf(assembled.Supergraph) with { Text = text };
        }

        // 7. Hide what the contract hides. What can be asked is less, and every part of it can be answered.
        var hidden = ContractFilter.Hidden(document, contract);
        new ContractRules(document, hidden, SourcePlaces.Of([.. merged.Sources.Models.Select(model => model.Input)]), problems).Check(contract);
        if (problems.HasErrors)
        {
            return problems.ResultOf(null);
        }

        var variant = SupergraphAssembler.Assemble(
            ContractDocument.Mark(document, hidden), assembled.Supergraph.Sources, parts, isChecked: true, assembled.Supergraph.LinkedDirectives, options.Cancellation.ThrowIfCancellationRequested);
        InvalidResult.Report(variant.Errors, merged.Sources.Models.Select(model => model.Input), problems, "What the contract leaves is");
        return problems.ResultOf(variant.Supergraph) with { Text = options.WritesText && variant.Supergraph is { } left ? SupergraphWriter.Write(left) : null };
    }
}
