using System.Buffers;
using GraphGateway.Execution;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>An execution's answer as HTTP writes it.</summary>
internal sealed class ResponseBody(ExecutionResult result) : IGraphQLResponseBody
{
    /// <inheritdoc/>
    public void WriteTo(IBufferWriter<byte> output, ResultPosition position)
    {
        if (position == ResultPosition.None)
        {
            result.WriteTo(output);
            return;
        }

        var members = new ArrayBufferWriter<byte>(64);
        position.WriteMembers(members);
        result.WriteTo(output, members.WrittenSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => result.Dispose();
}
