using System.Buffers;
using System.Text.Json;

namespace GraphGateway.Execution;

/// <summary>A large answer on its way to a client, a piece after the other. Alive as long as its result.</summary>
internal sealed class AnswerPieces(ExecutablePlan plan, ExecutionMemory memory, ErrorList errors, int root, ReadOnlyMemory<byte> extensions, ReadOnlyMemory<byte> leadingMembers)
{
    // What fits into the server's own buffer for one client.
    private const int PieceBytes = 64 * 1024;

    private readonly PieceWriter data = new(memory, plan.Space);
    private IEnumerator<ResponseError>? told;
    private bool hasBegun;
    private bool isInData;

    /// <summary>Writes the next piece; true when there are more.</summary>
    public bool Write(IBufferWriter<byte> output)
    {
        if (!hasBegun)
        {
            hasBegun = true;
            output.Write("{"u8);
            output.Write(leadingMembers.Span);
            if (errors.Count > 0)
            {
                output.Write("\"errors\":["u8);
                told = errors.Told().GetEnumerator();
                return WriteError(output, isFirst: true);
            }
        }

        return told is not null ? WriteError(output, isFirst: false) : WriteData(output);
    }

    // An error is a piece: those of a source can be long where they are forwarded.
    private bool WriteError(IBufferWriter<byte> output, bool isFirst)
    {
        if (!told!.MoveNext())
        {
            told = null;
            output.Write("],"u8);
            return true;
        }

        output.Write(isFirst ? default : ","u8);
        using var writer = new Utf8JsonWriter(output, ErrorList.JsonOptions);
        told.Current.WriteTo(writer);
        return true;
    }

    private bool WriteData(IBufferWriter<byte> output)
    {
        if (!isInData)
        {
            isInData = true;
            output.Write("\"data\":"u8);
            if (root >= 0)
            {
                data.Begin(output, plan.Root, root);
            }
            else
            {
                output.Write("null"u8);
            }
        }

        if (data.Write(output, PieceBytes))
        {
            return true;
        }

        if (!extensions.IsEmpty)
        {
            output.Write(",\"extensions\":"u8);
            output.Write(extensions.Span);
        }

        output.Write("}"u8);
        return false;
    }
}
