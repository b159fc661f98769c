using System.Buffers;

namespace GraphGateway.Http;

/// <summary>Puts several responses into one body: lines, or a JSON array.</summary>
internal struct BatchWriter(IBufferWriter<byte> output, ResponseFormat format)
{
    private bool any;

    /// <param name="result">Its bodies are written.</param>
    /// <param name="requestIndex">Which request of a batch it answers, or -1.</param>
    public void Write(GraphQLHttpResult result, int requestIndex)
    {
        for (var i = 0; i < result.Bodies.Length; i++)
        {
            Write(result.Bodies[i], new ResultPosition(requestIndex, result.IsBatch ? i : -1));
        }
    }

    public readonly void End()
    {
        if (format != ResponseFormat.JsonLines)
        {
            output.Write("]"u8);
        }
    }

    private void Write(IGraphQLResponseBody body, ResultPosition position)
    {
        if (format != ResponseFormat.JsonLines)
        {
            output.Write(any ? ","u8 : "["u8);
        }

        any = true;
        body.WriteTo(output, position);
        if (format == ResponseFormat.JsonLines)
        {
            output.Write("\n"u8);
        }
    }
}
