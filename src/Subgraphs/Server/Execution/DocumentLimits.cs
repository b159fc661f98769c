using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Validation;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Holds the operations of a document that is new to the server against the limits.</summary>
internal sealed class DocumentLimits(ParserOptions parser, OperationLimits limits, ILogger logger)
{
    private long excesses;

    /// <summary>The limits on the document's text.</summary>
    public ParserOptions Parser => parser;

    /// <summary>The errors of the limits that are enforced; an excess of the others is logged.</summary>
    public ImmutableArray<GraphQLError> Check(ValidDocument document)
    {
        var errors = ImmutableArray.CreateBuilder<GraphQLError>();
        foreach (var (operation, size) in document.Operations.Zip(OperationSize.OfEach(document)))
        {
            foreach (var exceeded in limits.Check(operation, size))
            {
                if (exceeded.Limit.Mode == LimitMode.Enforce)
                {
                    errors.Add(exceeded.Error);
                }
                else if (MayLog())
                {
                    logger.LogWarning(
                        "An operation is beyond {Setting}: {Count} where at most {Max} are allowed; it may run, as the limit's mode is Measure. This is number {Number}",
                        limits.SettingPrefix + exceeded.Name,
                        exceeded.Count,
                        exceeded.Limit.Max,
                        Interlocked.Read(ref excesses));
                }
            }
        }

        return errors.ToImmutable();
    }

    // The first hundred, and then each that is twice as many as the one before: a client does not fill the log.
    private bool MayLog()
    {
        var number = Interlocked.Increment(ref excesses);
        return number <= 100 || long.IsPow2(number);
    }
}
