namespace Petrel.Streams.RemoteCommands;

/// <summary>Gives the client's messages to the command's input streams.</summary>
internal sealed class RemoteCommandInput(SpdyRemoteCommand command)
{
    private bool _stdinClosed;

    /// <summary>One message, or a piece of one. Channels that carry no input are ignored, as upstream ignores them.</summary>
    public async ValueTask ReceiveAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            switch (channel)
            {
                case (byte)RemoteCommandChannel.Stdin when command.Stdin is { } stdin && !_stdinClosed:
                    await stdin.SendAsync(data, cancellationToken);
                    break;
                case (byte)RemoteCommandChannel.Resize when command.Resize is { } resize:
                    await resize.SendAsync(data, cancellationToken);
                    break;
                case RemoteCommandProtocol.CloseChannel when data.Span[0] == (byte)RemoteCommandChannel.Stdin && command.Stdin is { } stdin:
                    _stdinClosed = true;
                    await stdin.FinishAsync(cancellationToken);
                    break;
                default:
                    break;
            }
        }
        catch (IOException)
        {
            // A command may end before its input does; what is left of the input goes nowhere.
        }
    }
}
