using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Petrel.Linux.Processes;

/// <summary>Waits for the end of a process that need not be a child: pidfd_open(2).</summary>
public static partial class ProcessExit
{
    private const int PidfdOpenNumber = 434;
    private const int NoSuchProcess = 3;
    private const int Interrupted = 4;
    private const short Readable = 1;
    private const int CloseOnExec = 0x80000;

    /// <summary>Asks a process to end, and kills it when it has not within the grace period. Returns when it has ended.</summary>
    public static async Task EndAsync(ProcessIdentity process, TimeSpan gracePeriod, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!process.Signal(ProcessSignal.Terminate))
        {
            return;
        }

        using var late = new CancellationTokenSource(gracePeriod, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await WaitAsync(process, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Signal(ProcessSignal.Kill);
            await WaitAsync(process, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Completes when the process has ended, at once if it has already.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before.</exception>
    /// <exception cref="SystemCallException">The kernel is older than 5.3.</exception>
    public static async Task WaitAsync(ProcessIdentity process, CancellationToken cancellationToken)
    {
        using var handle = Open(process.Id);
        if (handle is null || !process.IsRunning)
        {
            return;
        }

        using var cancelled = new SafeFileHandle(EventfdCall(0, CloseOnExec), ownsHandle: true);
        await using var registration = cancellationToken.Register(() => WriteCall(cancelled, 1UL, sizeof(ulong))).ConfigureAwait(false);
        // A blocked thread costs less than a timer that asks; there is one per process watched.
        await Task.Factory.StartNew(() => Poll(handle, cancelled), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static SafeFileHandle? Open(int id)
    {
        var descriptor = (int)SyscallCall(PidfdOpenNumber, id, 0);
        if (descriptor >= 0)
        {
            return new SafeFileHandle(descriptor, ownsHandle: true);
        }

        return Marshal.GetLastPInvokeError() == NoSuchProcess ? null : throw SystemCallException.Last($"pidfd_open {id}");
    }

    private static void Poll(SafeFileHandle process, SafeFileHandle cancelled)
    {
        Span<PollDescriptor> descriptors =
        [
            new() { Descriptor = (int)process.DangerousGetHandle(), Events = Readable },
            new() { Descriptor = (int)cancelled.DangerousGetHandle(), Events = Readable },
        ];
        while (PollCall(descriptors, (nuint)descriptors.Length, -1) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw SystemCallException.Last("poll");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SyscallCall(nint number, nint first, nint second);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventfdCall(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteCall(SafeFileHandle descriptor, in ulong value, nuint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int PollCall(Span<PollDescriptor> descriptors, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short ReturnedEvents;
    }
}
