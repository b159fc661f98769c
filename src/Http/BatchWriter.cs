using System.Buffers;
using System.IO.Pipelines;

namespace GraphGateway.Http;

/// <summary>
/// Puts responses into one body: one alone, or several as lines or as a JSON array. What is large goes piece by piece, each when the connection takes more.
/// </summary>
internal sealed class BatchWriter(PipeWriter output, ResponseFormat format, CancellationToken cancellationToken)
{
    // Small responses of a batch go together, up to here.
    private const int MostUnflushed = 64 * 1024;

    private bool any;

    /// <summary>Writes what one request, or one variable batch, is answered.</summary>
    public static async Task WriteAsync(PipeWriter output, ResponseFormat format, GraphQLHttpResult result, CancellationToken cancellationToken)
    {
        if (result.IsBatch || format == ResponseFormat.JsonLines)
        {
            var writer = new BatchWriter(output, format, cancellationToken);
            await writer.WriteAsync([result], isRequestBatch: false);
        }
        else
        {
            await WriteAsync(output, result.Bodies[0], ResultPosition.None, cancellationToken);
        }
    }

    /// <summary>Writes all responses; to be called once.</summary>
    /// <param name="results">Their bodies are written.</param>
    /// <param name="isRequestBatch">Whether each result answers a request of a batch.</param>
    public async Task WriteAsync(IReadOnlyList<GraphQLHttpResult> results, bool isRequestBatch)
    {
        for (var request = 0; request < results.Count; request++)
        {
            for (var i = 0; i < results[request].Bodies.Length; i++)
            {
                Separate();
                var position = new ResultPosition(isRequestBatch ? request : -1, results[request].IsBatch ? i : -1);
                await WriteAsync(output, results[request].Bodies[i], position, cancellationToken);
                if (format == ResponseFormat.JsonLines)
                {
                    output.Write("\n"u8);
                }

                if (output.CanGetUnflushedBytes && output.UnflushedBytes > MostUnflushed)
                {
                    await output.FlushAsync(cancellationToken);
                }
            }
        }

        if (format != ResponseFormat.JsonLines)
        {
            output.Write("]"u8);
        }
    }

    private void Separate()
    {
        if (format != ResponseFormat.JsonLines)
        {
            output.Write(any ? ","u8 : "["u8);
        }

        any = true;
    }

    private static async ValueTask WriteAsync(PipeWriter output, IGraphQLResponseBody body, ResultPosition position, CancellationToken cancellationToken)
    {
        if (!body.IsLarge)
        {
            body.WriteTo(output, position);
            return;
        }

        var next = body.InPieces(position);
        while (next(output))
        {
            // Ends when the client takes more, or has left.
            if ((await output.FlushAsync(cancellationToken)).IsCompleted)
            {
                return;
            }
        }
    }
}
