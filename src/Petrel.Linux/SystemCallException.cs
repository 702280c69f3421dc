using System.Runtime.InteropServices;

namespace Petrel.Linux;

/// <summary>A system call the kernel refused.</summary>
public sealed class SystemCallException(string operation, int errorNumber)
    : IOException($"{operation}: {Marshal.GetPInvokeErrorMessage(errorNumber)}", errorNumber)
{
    /// <summary>errno(3).</summary>
    public int ErrorNumber { get; } = errorNumber;

    /// <summary>The exception for the call that has just failed on this thread.</summary>
    internal static SystemCallException Last(string operation) => new(operation, Marshal.GetLastPInvokeError());
}
